#!lua flags=allow-oom
-- Takes tokens from a bucket that refills over time.
-- KEYS[1] bucket; ARGV: capacity, tokens a second, now in ms, wanted (default 1)
local bucket = KEYS[1]
local capacity, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local now = tonumber(ARGV[3])
local wanted = tonumber(ARGV[4] or '1')

local state = redis.call('HMGET', bucket, 'tokens', 'at')
local tokens = tonumber(state[1]) or capacity
local at = tonumber(state[2]) or now
tokens = math.min(capacity, tokens + (now - at) / 1000 * rate)

local allowed = tokens >= wanted
if allowed then
  tokens = tokens - wanted
end
redis.call('HSET', bucket, 'tokens', tostring(tokens), 'at', now)
redis.call('PEXPIRE', bucket, math.ceil(capacity / rate * 1000))
if allowed then return { 1, math.floor(tokens) } end
return { 0, math.ceil((wanted - tokens) / rate * 1000) }
