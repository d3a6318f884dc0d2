-- A hash, as a record or a map.
--
-- KEYS[1]  a hash
--
-- Returns field, value, field, value, nothing of it if there is no hash.

return redis.call('HGETALL', KEYS[1])
