-- Reads a session and lets it live longer.
--
-- KEYS[1]  the session
-- KEYS[2]  what the sessions of the user have in common, until all are destroyed
-- ARGV[1]  how long it lives from now on, in milliseconds
--
-- Returns the attributes as name, value, name, value and so on, or nil if
-- there is no such session. The error INVALID_TTL changes nothing.

if tonumber(ARGV[1]) < 1 then
  return {err = 'INVALID_TTL a session lives for at least a millisecond'}
end

local generation = redis.call('GET', KEYS[2])
if not generation or redis.call('HGET', KEYS[1], '') ~= generation then
  return false
end

redis.call('PEXPIRE', KEYS[1], ARGV[1])
-- It has to live as long as the last session: without it there is none.
redis.call('PEXPIRE', KEYS[2], ARGV[1], 'GT')

local fields = redis.call('HGETALL', KEYS[1])
local attributes = {}
for i = 1, #fields, 2 do
  if fields[i] ~= '' then
    attributes[#attributes + 1] = fields[i]
    attributes[#attributes + 1] = fields[i + 1]
  end
end

return attributes
