-- Takes an amount from an account, if it has that much.
--
-- KEYS[1]  the balance, in cents
-- ARGV[1]  the amount, in cents
--
-- Returns 1, or 0 if there is no such account or too little on it. The error
-- INVALID_AMOUNT changes nothing either.

local amount = tonumber(ARGV[1])
-- A Lua number is exact below 2^53.
if amount < 1 or amount > 9007199254740991 then
  return {err = 'INVALID_AMOUNT at least 1 cent, at most 9007199254740991'}
end

local balance = redis.call('GET', KEYS[1])
if not balance or tonumber(balance) < amount then
  return 0
end

-- DECRBY counts in 64 bits; the difference of two Lua numbers would not.
redis.call('DECRBY', KEYS[1], ARGV[1])

return 1
