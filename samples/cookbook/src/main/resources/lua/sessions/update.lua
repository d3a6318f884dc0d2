-- Changes attributes of a session, which lives no longer for that.
--
-- KEYS[1]  the session
-- KEYS[2]  what the sessions of the user have in common, until all are destroyed
-- ARGV[1]  the name of an attribute, ARGV[2] its value, and so on
--
-- Returns 1, or 0 if there is no such session: none comes to life by this. The
-- error INVALID_ATTRIBUTE changes nothing.

for i = 1, #ARGV, 2 do
  if ARGV[i] == '' then
    return {err = 'INVALID_ATTRIBUTE an attribute has a name'}
  end
end

local generation = redis.call('GET', KEYS[2])
if not generation or redis.call('HGET', KEYS[1], '') ~= generation then
  return 0
end

for i = 1, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end

return 1
