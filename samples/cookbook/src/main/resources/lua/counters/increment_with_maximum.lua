-- Counts one, unless the counter has reached its maximum. No counter counts as
-- zero.
--
-- KEYS[1]  the counter
-- ARGV[1]  the maximum
--
-- Returns the new value, or nil if the counter was full and has not changed.

local value = tonumber(redis.call('GET', KEYS[1]) or 0)
if value >= tonumber(ARGV[1]) then
  return false
end
return redis.call('INCR', KEYS[1])
