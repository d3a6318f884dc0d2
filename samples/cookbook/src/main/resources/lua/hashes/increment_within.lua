-- Adds to a field of a hash, which stops at bounds. A field that is not there
-- counts from 0.
--
-- KEYS[1]  the hash
-- ARGV[1]  the field
-- ARGV[2]  how much to add, which may be negative and have a fraction
-- ARGV[3]  the least the field may become
-- ARGV[4]  the most it may become
--
-- Returns the new value as text, since a number would lose its fraction. The
-- error INVALID_BOUNDS, and that of Redis for a field that is no number, change
-- nothing.

local least, most = tonumber(ARGV[3]), tonumber(ARGV[4])
if least > most then
  return {err = 'INVALID_BOUNDS ' .. ARGV[3] .. ' is more than ' .. ARGV[4]}
end

-- Redis adds more exactly than Lua, and writes it without an exponent.
local value = redis.call('HINCRBYFLOAT', KEYS[1], ARGV[1], ARGV[2])

local bound
if tonumber(value) < least then
  bound = ARGV[3]
elseif tonumber(value) > most then
  bound = ARGV[4]
end
if bound then
  redis.call('HSET', KEYS[1], ARGV[1], bound)
  return bound
end

return value
