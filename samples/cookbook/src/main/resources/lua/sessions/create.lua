-- Creates a session, once.
--
-- KEYS[1]  the session
-- KEYS[2]  how often all sessions of the user were destroyed
-- ARGV[1]  how long it lives after its last use, in milliseconds
-- ARGV[2]  the name of an attribute, ARGV[3] its value, and so on
--
-- Returns 1, or 0 if there is such a session, which stays as it is.

local generation = redis.call('GET', KEYS[2]) or '0'
if redis.call('HGET', KEYS[1], '') == generation then
  return 0
end

-- What may be there was destroyed with all the others.
redis.call('DEL', KEYS[1])
-- No attribute has an empty name.
redis.call('HSET', KEYS[1], '', generation)
for i = 2, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])

return 1
