-- Allows so many requests in the time before now, whenever that is.
--
-- KEYS[1]  the log of requests
-- ARGV[1]  the request, a text that no other one has: the same one again counts
--          once, so a caller who got no answer may ask again
-- ARGV[2]  for how many requests it counts, 0 to ask only
-- ARGV[3]  how many are allowed
-- ARGV[4]  in how many milliseconds
--
-- Returns {allowed, remaining, retryAfter}: how many are left, and in how many
-- milliseconds to ask again: 0 if the request is allowed, -1 if it is larger
-- than the limit. What is refused does not count. The errors INVALID_WINDOW and
-- INVALID_SIZE change nothing.

local size, limit, window = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
if window < 1 then
  return {err = 'INVALID_WINDOW a window is at least a millisecond'}
end
if size < 0 then
  return {err = 'INVALID_SIZE a request counts at least for none'}
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)

local count = redis.call('ZCARD', KEYS[1])
if size > 0 and redis.call('ZSCORE', KEYS[1], ARGV[1] .. ':1') then
  return {1, math.max(0, limit - count), 0}
end

if count + size > limit then
  -- The request that has to be forgotten before there is room for this one.
  local excess = count + size - limit
  local last = redis.call('ZRANGE', KEYS[1], excess - 1, excess - 1, 'WITHSCORES')
  return {0, math.max(0, limit - count), last[2] and last[2] + window - now or -1}
end

for i = 1, size do
  redis.call('ZADD', KEYS[1], now, ARGV[1] .. ':' .. i)
end
redis.call('PEXPIRE', KEYS[1], window)

return {1, limit - count - size, 0}
