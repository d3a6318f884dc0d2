-- An array with gaps.
--
-- KEYS[1]  a hash
-- ARGV     fields
--
-- Returns the value of each field. One that is not there is false, which arrives
-- as nil; nil would end the array.

local values = {}
for i, field in ipairs(ARGV) do
  values[i] = redis.call('HGET', KEYS[1], field)
end

return values
