-- Stores a value that is fresh for a while, and stale for a while after that.
--
-- KEYS[1]  the value
-- KEYS[2]  the right to revalidate it
-- ARGV[1]  the new value
-- ARGV[2]  how long it is fresh, in milliseconds
-- ARGV[3]  how long it is stale then, in milliseconds
--
-- Returns nothing, or the error INVALID_TIME, which changes nothing.

local fresh, stale = tonumber(ARGV[2]), tonumber(ARGV[3])
if fresh < 1 or stale < 0 then
  return {err = 'INVALID_TIME fresh for at least 1 ms, stale for at least 0 ms'}
end

redis.call('SET', KEYS[1], ARGV[1], 'PX', fresh + stale)
-- Nobody needs to revalidate what is fresh, whoever had the right to.
redis.call('DEL', KEYS[2])
