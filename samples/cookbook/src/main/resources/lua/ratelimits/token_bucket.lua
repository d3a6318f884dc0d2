-- Takes a token from a bucket that fills up steadily.
--
-- KEYS[1]  the bucket
-- ARGV[1]  how many tokens it holds
-- ARGV[2]  how many come in a second
--
-- Returns {1, tokens that are left}, or {0, milliseconds until there is one}.

local capacity, refill = tonumber(ARGV[1]), tonumber(ARGV[2]) / 1000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local at = tonumber(state[2] or now)
-- The clock of a server that has taken over may be behind.
now = math.max(now, at)
local tokens = math.min(capacity, tonumber(state[1] or capacity) + (now - at) * refill)

local allowed = tokens >= 1
if allowed then
  tokens = tokens - 1
end

redis.call('HSET', KEYS[1], 'tokens', tokens, 'at', now)
-- By then it is full again, and a bucket that is not there counts as full.
redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - tokens) / refill))

if allowed then
  return {1, math.floor(tokens)}
end

return {0, math.ceil((1 - tokens) / refill)}
