-- Counts and adds up the numbers in a list that are above a threshold.
--
-- KEYS[1]  the list
-- ARGV[1]  the threshold
-- ARGV[2]  how many elements to read at most, as nobody else is served meanwhile
--
-- Returns {count, sum}, the sum as text with 15 digits, since a number would
-- lose its fraction; or one of the errors TOO_LONG and NOT_A_NUMBER.

-- How many are in memory at a time.
local AT_ONCE = 1000

local length = redis.call('LLEN', KEYS[1])
if length > tonumber(ARGV[2]) then
  return {err = 'TOO_LONG ' .. length .. ' elements, at most ' .. ARGV[2]}
end

local threshold = tonumber(ARGV[1])
local count, sum = 0, 0
for first = 0, length - 1, AT_ONCE do
  for i, element in ipairs(redis.call('LRANGE', KEYS[1], first, first + AT_ONCE - 1)) do
    local number = tonumber(element)
    if not number then
      return {err = 'NOT_A_NUMBER element ' .. first + i - 1 .. ' is "' .. element .. '"'}
    end
    if number > threshold then
      count = count + 1
      sum = sum + number
    end
  end
end

return {count, string.format('%.15g', sum)}
