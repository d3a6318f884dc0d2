-- Reads those of many keys that are there.
--
-- KEYS     the keys
-- ARGV     what the caller calls each of them
--
-- Returns {{name, value}, {name, value}} in the order of the keys, or the error
-- NAMES_DO_NOT_FIT. A key that holds no string counts as not there.

-- unpack takes no more than 7,999 values.
local AT_ONCE = 5000

if #KEYS ~= #ARGV then
  return {err = 'NAMES_DO_NOT_FIT ' .. #KEYS .. ' keys, ' .. #ARGV .. ' names'}
end

local found = {}
for first = 1, #KEYS, AT_ONCE do
  local values = redis.call('MGET', unpack(KEYS, first, math.min(first + AT_ONCE - 1, #KEYS)))
  for i, value in ipairs(values) do
    if value then
      found[#found + 1] = {ARGV[first + i - 1], value}
    end
  end
end

return found
