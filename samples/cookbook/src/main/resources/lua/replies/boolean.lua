-- A boolean.
--
-- KEYS[1]  a set
-- ARGV[1]  a member
--
-- Returns whether the set has the member. true arrives as 1 and false as nil.

return redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1
