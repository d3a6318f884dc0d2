-- Adds to a counter that is there. It makes no new one, and leaves its time to
-- live alone.
--
-- KEYS[1]  the counter
-- ARGV[1]  how much to add
--
-- Returns the new value, or nil if there is no such counter.

if redis.call('EXISTS', KEYS[1]) == 0 then
  return false
end
return redis.call('INCRBY', KEYS[1], ARGV[1])
