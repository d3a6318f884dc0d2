-- Takes tokens from a bucket that fills up steadily.
--
-- KEYS[1]  the bucket
-- ARGV[1]  how many tokens to take, 0 to ask only
-- ARGV[2]  how many tokens it holds
-- ARGV[3]  how many come in a second
--
-- Returns {1, tokens that are left}, or {0, milliseconds until there are so
-- many}, which is -1 if the bucket never holds so many. Who is refused takes
-- none. The errors INVALID_RATE and INVALID_AMOUNT change nothing.

local wanted, capacity, refill = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]) / 1000
if refill <= 0 then
  return {err = 'INVALID_RATE a bucket fills up'}
end
if wanted < 0 then
  return {err = 'INVALID_AMOUNT nobody puts tokens in'}
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local at = tonumber(state[2] or now)
-- The clock of a server that has taken over may be behind.
now = math.max(now, at)
local tokens = math.min(capacity, tonumber(state[1] or capacity) + (now - at) * refill)

local allowed = tokens >= wanted
if allowed then
  tokens = tokens - wanted
end

if tokens < capacity then
  redis.call('HSET', KEYS[1], 'tokens', tokens, 'at', now)
  -- By then it is full again, and a bucket that is not there counts as full.
  redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - tokens) / refill))
else
  redis.call('DEL', KEYS[1])
end

if allowed then
  return {1, math.floor(tokens)}
end
if wanted > capacity then
  return {0, -1}
end

return {0, math.ceil((wanted - tokens) / refill)}
