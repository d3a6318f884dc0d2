-- Moves an amount from one account to another, or fails.
--
-- KEYS[1]  the balance to take from, in cents
-- KEYS[2]  the balance to give to, in cents
-- ARGV[1]  the amount, in cents
--
-- Returns {the new balance of the first, the new balance of the second}, or one
-- of the errors INVALID_AMOUNT, INVALID_TRANSFER, NO_ACCOUNT and
-- INSUFFICIENT_FUNDS, which change nothing.

local amount = tonumber(ARGV[1])
-- A Lua number is exact below 2^53.
if amount < 1 or amount > 9007199254740991 then
  return {err = 'INVALID_AMOUNT at least 1 cent, at most 9007199254740991'}
end
if KEYS[1] == KEYS[2] then
  return {err = 'INVALID_TRANSFER from an account to itself'}
end

local balance = redis.call('GET', KEYS[1])
if not balance then
  return {err = 'NO_ACCOUNT there is none to take from'}
end
if redis.call('EXISTS', KEYS[2]) == 0 then
  return {err = 'NO_ACCOUNT there is none to give to'}
end
if tonumber(balance) < amount then
  return {err = 'INSUFFICIENT_FUNDS ' .. ARGV[1] .. ' wanted, ' .. balance .. ' available'}
end

redis.call('DECRBY', KEYS[1], ARGV[1])
local to = redis.pcall('INCRBY', KEYS[2], ARGV[1])
if type(to) == 'table' then
  -- Nothing is rolled back by itself: an error here would lose the money.
  redis.call('INCRBY', KEYS[1], ARGV[1])
  return to
end

-- Texts, for the same reason.
return {redis.call('GET', KEYS[1]), redis.call('GET', KEYS[2])}
