-- Acquires a lock, once more if the caller has it.
--
-- KEYS[1]  the lock
-- ARGV[1]  the caller
-- ARGV[2]  how long it is held at the most, in milliseconds; who has it for
--          longer already keeps it for longer
--
-- Returns how often the caller has it, 0 if somebody else does. The error
-- INVALID_TTL changes nothing.

-- Redis would delete it at once.
if tonumber(ARGV[2]) < 1 then
  return {err = 'INVALID_TTL a lock is held for at least a millisecond'}
end

local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] then
  return 0
end

redis.call('HSET', KEYS[1], 'owner', ARGV[1])
local holds = redis.call('HINCRBY', KEYS[1], 'holds', 1)
if owner then
  redis.call('PEXPIRE', KEYS[1], ARGV[2], 'GT')
else
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end

return holds
