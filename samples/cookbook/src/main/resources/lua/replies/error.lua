-- An error.
--
-- KEYS[1]  a string
--
-- Returns twice the number that it is, 0 if it is not there. Or the error
-- NOT_A_NUMBER: the first word of an error is its code.

local value = redis.call('GET', KEYS[1]) or '0'
if not string.match(value, '^%-?%d+$') then
  return redis.error_reply('NOT_A_NUMBER it is "' .. value .. '"')
end

return 2 * tonumber(value)
