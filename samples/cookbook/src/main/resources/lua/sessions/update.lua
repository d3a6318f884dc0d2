-- Changes attributes of a session, which lives no longer for that.
--
-- KEYS[1]  the session
-- KEYS[2]  how often all sessions of the user were destroyed
-- ARGV[1]  the name of an attribute, ARGV[2] its value, and so on
--
-- Returns 1, or 0 if there is no such session: none comes to life by this.

if redis.call('HGET', KEYS[1], '') ~= (redis.call('GET', KEYS[2]) or '0') then
  return 0
end

for i = 1, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end

return 1
