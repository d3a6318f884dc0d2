-- Increments a counter. Version 1, for instances of the application that do not
-- know version 2 yet.
--
-- KEYS[1]  the counter
--
-- Returns its value.

return redis.call('INCR', KEYS[1])
