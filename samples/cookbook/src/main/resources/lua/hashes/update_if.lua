-- Sets a field of a hash if another one, or the same, has a certain value.
--
-- KEYS[1]  the hash
-- ARGV[1]  the field to look at
-- ARGV[2]  the value it must have
-- ARGV[3]  the field to set
-- ARGV[4]  its new value
--
-- Returns whether it was set. A field that is not there has no value at all.

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end

redis.call('HSET', KEYS[1], ARGV[3], ARGV[4])

return 1
