-- Sets a value, unless the old one lives longer than the new one would.
--
-- KEYS[1]  the value
-- ARGV[1]  the new value
-- ARGV[2]  how long it lives, in milliseconds
--
-- Returns 1, or 0 if the old value stays, which may live for ever.

local left = redis.call('PTTL', KEYS[1])
-- -1 is for ever; -2 is no value, less than any time.
if left == -1 or left >= tonumber(ARGV[2]) then
  return 0
end

redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])

return 1
