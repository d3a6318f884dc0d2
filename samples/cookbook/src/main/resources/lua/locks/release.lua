-- Releases a lock if the caller has it.
--
-- KEYS[1]  the lock
-- ARGV[1]  the caller
--
-- Returns 1, or 0 if it has run out or is somebody else's.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end

return redis.call('DEL', KEYS[1])
