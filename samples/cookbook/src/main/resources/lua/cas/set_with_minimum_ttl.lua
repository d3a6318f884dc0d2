-- Sets a value that lives at least so long: longer if the old one would have,
-- and for ever if the old one would have lived for ever.
--
-- KEYS[1]  the value
-- ARGV[1]  the new value
-- ARGV[2]  how long it lives at least, in milliseconds
--
-- Returns how long it lives in milliseconds, or -1 if that is for ever.

local left = redis.call('PTTL', KEYS[1])
if left == -1 then
  redis.call('SET', KEYS[1], ARGV[1])
  return -1
end

-- There is none if this is -2.
left = math.max(left, tonumber(ARGV[2]))
redis.call('SET', KEYS[1], ARGV[1], 'PX', left)

return left
