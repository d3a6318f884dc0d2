-- Reads fields of a hash, with a default for each that is not there.
--
-- KEYS[1]  the hash
-- ARGV     field, default, field, default
--
-- Returns field, value, field, value, or the error NOT_IN_PAIRS.

-- unpack takes no more than 7,999 values.
local AT_ONCE = 1000

if #ARGV % 2 ~= 0 then
  return {err = 'NOT_IN_PAIRS the last field has no default'}
end

local reply = {}
for first = 1, #ARGV, 2 * AT_ONCE do
  local fields = {}
  for i = first, math.min(first + 2 * AT_ONCE, #ARGV) - 1, 2 do
    fields[#fields + 1] = ARGV[i]
  end
  local values = redis.call('HMGET', KEYS[1], unpack(fields))
  for i, field in ipairs(fields) do
    reply[#reply + 1] = field
    reply[#reply + 1] = values[i] or ARGV[first + 2 * i - 1]
  end
end

return reply
