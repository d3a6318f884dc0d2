-- Sets any number of fields of a hash.
--
-- KEYS[1]  the hash
-- ARGV     field, value, field, value
--
-- Returns how many fields the hash has then, or the error NOT_IN_PAIRS, which
-- changes nothing.

-- unpack takes no more than 7,999 values. An even number, so that no field is
-- parted from its value.
local AT_ONCE = 5000

if #ARGV % 2 ~= 0 then
  return {err = 'NOT_IN_PAIRS the last field has no value'}
end

for first = 1, #ARGV, AT_ONCE do
  redis.call('HSET', KEYS[1], unpack(ARGV, first, math.min(first + AT_ONCE - 1, #ARGV)))
end

return redis.call('HLEN', KEYS[1])
