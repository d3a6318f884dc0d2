-- Creates a session, once.
--
-- KEYS[1]  the session
-- KEYS[2]  what the sessions of the user have in common, until all are destroyed
-- ARGV[1]  how long it lives after its last use, in milliseconds
-- ARGV[2]  the name of an attribute, ARGV[3] its value, and so on
--
-- Returns 1, or 0 if there is such a session, which stays as it is. The errors
-- INVALID_TTL and INVALID_ATTRIBUTE change nothing.

if tonumber(ARGV[1]) < 1 then
  return {err = 'INVALID_TTL a session lives for at least a millisecond'}
end
for i = 2, #ARGV, 2 do
  if ARGV[i] == '' then
    return {err = 'INVALID_ATTRIBUTE an attribute has a name'}
  end
end

local generation = redis.call('GET', KEYS[2])
if generation and redis.call('HGET', KEYS[1], '') == generation then
  return 0
end

if generation then
  redis.call('PEXPIRE', KEYS[2], ARGV[1], 'GT')
else
  -- One that never was before, and so no session that was destroyed comes back.
  local time = redis.call('TIME')
  generation = KEYS[1] .. '@' .. time[1] .. '.' .. time[2]
  redis.call('SET', KEYS[2], generation, 'PX', ARGV[1])
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
