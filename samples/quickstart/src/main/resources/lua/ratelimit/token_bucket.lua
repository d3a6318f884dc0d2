-- A token bucket: it holds up to `capacity` tokens and gains `refill` of them a
-- second; a call takes one, if there is one.
--
-- KEYS[1]  the bucket
-- ARGV[1]  capacity, in tokens
-- ARGV[2]  refill, in tokens a second
-- ARGV[3]  now, in milliseconds since the epoch
--
-- Returns {1 or 0 for allowed or not, the whole tokens that remain}.
--
-- Tokens are counted in thousandths. A refill of n tokens a second is n
-- thousandths a millisecond, so all numbers are integers and nothing is rounded.

local TOKEN = 1000

local capacity = tonumber(ARGV[1]) * TOKEN
local refill = tonumber(ARGV[2])
local now = tonumber(ARGV[3])

if capacity < TOKEN or refill < 1 then
  return {err = 'INVALID_LIMIT capacity and refill must be at least 1'}
end

local bucket = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = tonumber(bucket[1]) or capacity
local at = tonumber(bucket[2]) or now

-- The clocks of several callers differ a little, but time never goes back.
now = math.max(now, at)
level = math.min(capacity, level + (now - at) * refill)

local allowed = level >= TOKEN
if allowed then
  level = level - TOKEN
end

redis.call('HSET', KEYS[1], 'level', level, 'at', now)
-- By then it is full again, and a bucket that is not there counts as full.
redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - level) / refill))

return {allowed and 1 or 0, math.floor(level / TOKEN)}
