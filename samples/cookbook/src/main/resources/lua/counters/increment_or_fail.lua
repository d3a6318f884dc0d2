-- Counts one, and fails if the counter has reached its maximum.
--
-- KEYS[1]  the counter
-- ARGV[1]  the maximum
--
-- Returns the new value, or the error AT_MAXIMUM, which changes nothing.

local value = tonumber(redis.call('GET', KEYS[1]) or 0)
if value >= tonumber(ARGV[1]) then
  return {err = 'AT_MAXIMUM ' .. value .. ' of at most ' .. ARGV[1]}
end
return redis.call('INCR', KEYS[1])
