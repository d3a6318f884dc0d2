-- Lets the caller have a lock longer, never shorter.
--
-- KEYS[1]  the lock
-- ARGV[1]  the caller
-- ARGV[2]  how long from now on at least, in milliseconds
--
-- Returns 1, or 0 if it has run out or is somebody else's. The error
-- INVALID_TTL changes nothing.

-- Redis would delete it at once.
if tonumber(ARGV[2]) < 1 then
  return {err = 'INVALID_TTL a lock is extended by at least a millisecond'}
end

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end

redis.call('PEXPIRE', KEYS[1], ARGV[2], 'GT')

return 1
