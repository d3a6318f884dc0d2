-- Lets the caller have a lock longer.
--
-- KEYS[1]  the lock
-- ARGV[1]  the caller
-- ARGV[2]  how long from now on, in milliseconds
--
-- Returns 1, or 0 if it has run out or is somebody else's.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end

return redis.call('PEXPIRE', KEYS[1], ARGV[2])
