-- Releases a lock once.
--
-- KEYS[1]  the lock
-- ARGV[1]  the caller
--
-- Returns how often the caller still has it, or nil if the caller had it not.

if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return false
end

local holds = redis.call('HINCRBY', KEYS[1], 'holds', -1)
if holds == 0 then
  redis.call('DEL', KEYS[1])
end

return holds
