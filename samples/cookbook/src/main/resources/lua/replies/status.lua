-- A status.
--
-- KEYS[1]  a queue, a list
-- ARGV[1]  what to append to it
-- ARGV[2]  how long the queue may be
--
-- Returns the status QUEUED, or FULL if nothing was appended.

if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[2]) then
  return redis.status_reply('FULL')
end

redis.call('RPUSH', KEYS[1], ARGV[1])

return redis.status_reply('QUEUED')
