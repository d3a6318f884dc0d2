-- A number.
--
-- KEYS[1]  a string
--
-- Returns its length, 0 if it is not there. A number arrives as an integer.

return redis.call('STRLEN', KEYS[1])
