-- Gives a new counter its first value, and counts one on a counter that is there.
--
-- KEYS[1]  the counter
-- ARGV[1]  the first value
--
-- Returns the value that the counter has now, always as an integer.

if redis.call('EXISTS', KEYS[1]) == 0 then
  -- Not SET, which would take anything for a first value.
  return redis.call('INCRBY', KEYS[1], ARGV[1])
end
return redis.call('INCR', KEYS[1])
