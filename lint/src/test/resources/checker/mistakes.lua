-- KEYS[1] the bucket, ARGV[1] the limit, ARGV[2] the window in seconds
local limit = tonumber(ARGV[1])
local window = tonumber(ARGV[2])
local now = tonumber(ARGV[3])
count = redis.call('INCR', KEYS[1])
if count == 1 then
    redis.call('EXPIRE', KEYS[1])
end
if count > limit then
    return {nil, 'refused'}
end
return redis.call('GTE', KEYS[1], now)
