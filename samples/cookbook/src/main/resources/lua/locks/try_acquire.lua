-- Acquires a lock, or says when to ask again.
--
-- KEYS[1]  the lock
-- ARGV[1]  the caller
-- ARGV[2]  how long it is held at the most, in milliseconds
--
-- Returns {acquired, ttl}: how long the lock will be held by whoever has it
-- now, in milliseconds, or -1 if that is for ever.

if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return {1, ARGV[2]}
end

return {0, redis.call('PTTL', KEYS[1])}
