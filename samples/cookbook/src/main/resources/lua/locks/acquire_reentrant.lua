-- Acquires a lock, once more if the caller has it.
--
-- KEYS[1]  the lock
-- ARGV[1]  the caller
-- ARGV[2]  how long it is held at the most, in milliseconds
--
-- Returns how often the caller has it, 0 if somebody else does.

local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] then
  return 0
end

redis.call('HSET', KEYS[1], 'owner', ARGV[1])
local holds = redis.call('HINCRBY', KEYS[1], 'holds', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])

return holds
