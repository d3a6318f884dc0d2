-- Arrays within arrays.
--
-- KEYS[1]  a list
-- ARGV[1]  where the page begins, from 0
-- ARGV[2]  how many elements it has, at most 100
--
-- Returns {length of the list, {{index, element}, {index, element}}}, or the
-- error INVALID_PAGE.

local from, size = tonumber(ARGV[1]), tonumber(ARGV[2])
if from < 0 or size < 1 or size > 100 then
  return {err = 'INVALID_PAGE from 0 on, 1 to 100 elements'}
end

local entries = {}
for i, element in ipairs(redis.call('LRANGE', KEYS[1], from, from + size - 1)) do
  entries[i] = {from + i - 1, element}
end

return {redis.call('LLEN', KEYS[1]), entries}
