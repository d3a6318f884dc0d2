-- Sets a field of a hash if the new number is greater than the one it has, or
-- if it has none.
--
-- KEYS[1]  the hash
-- ARGV[1]  the field
-- ARGV[2]  the new number, which may have a fraction
--
-- Returns whether it was set, or the error NOT_A_NUMBER, which changes nothing.

local current = redis.call('HGET', KEYS[1], ARGV[1])
if current then
  local number = tonumber(current)
  if not number then
    return {err = 'NOT_A_NUMBER ' .. ARGV[1] .. ' is "' .. current .. '"'}
  end
  if tonumber(ARGV[2]) <= number then
    return 0
  end
end

-- The text that came, which has all its digits.
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])

return 1
