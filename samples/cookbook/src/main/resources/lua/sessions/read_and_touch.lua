-- Reads a session and lets it live longer.
--
-- KEYS[1]  the session
-- KEYS[2]  how often all sessions of the user were destroyed
-- ARGV[1]  how long it lives from now on, in milliseconds
--
-- Returns the attributes as name, value, name, value and so on, or nil if
-- there is no such session.

if redis.call('HGET', KEYS[1], '') ~= (redis.call('GET', KEYS[2]) or '0') then
  return false
end

redis.call('PEXPIRE', KEYS[1], ARGV[1])

local fields = redis.call('HGETALL', KEYS[1])
local attributes = {}
for i = 1, #fields, 2 do
  if fields[i] ~= '' then
    attributes[#attributes + 1] = fields[i]
    attributes[#attributes + 1] = fields[i + 1]
  end
end

return attributes
