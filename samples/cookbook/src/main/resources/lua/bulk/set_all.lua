-- Sets many keys.
--
-- KEYS     the keys
-- ARGV     the value of each
--
-- Returns how many were set, or the error VALUES_DO_NOT_FIT, which sets none.

-- Two values each; unpack takes no more than 7,999.
local AT_ONCE = 2500

if #KEYS ~= #ARGV then
  return {err = 'VALUES_DO_NOT_FIT ' .. #KEYS .. ' keys, ' .. #ARGV .. ' values'}
end

for first = 1, #KEYS, AT_ONCE do
  local entries = {}
  for i = first, math.min(first + AT_ONCE - 1, #KEYS) do
    entries[#entries + 1] = KEYS[i]
    entries[#entries + 1] = ARGV[i]
  end
  redis.call('MSET', unpack(entries))
end

return #KEYS
