-- Increments a counter and notes when. Version 2: what version 1 writes is
-- written in the same way, so that both may run side by side.
--
-- KEYS[1]  the counter
-- KEYS[2]  when it was last incremented
-- ARGV[1]  now, in milliseconds since the epoch
--
-- Returns the value of the counter.

local value = redis.call('INCR', KEYS[1])
redis.call('SET', KEYS[2], ARGV[1])

return value
