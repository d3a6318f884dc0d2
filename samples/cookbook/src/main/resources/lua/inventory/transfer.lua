-- Moves an amount from one account to another, and says why if it does not.
--
-- KEYS[1]  the balance to take from, in cents
-- KEYS[2]  the balance to give to, in cents
-- ARGV[1]  the amount, in cents
--
-- Returns {1, the new balance of the first, the new balance of the second}, or
-- {0, nil, nil, reason}. Reasons are INVALID_AMOUNT, SAME_ACCOUNT, NO_ACCOUNT
-- and INSUFFICIENT_FUNDS.

-- false is what arrives as nil; a nil of Lua would end the reply.
local function refused(reason)
  return {0, false, false, reason}
end

local amount = tonumber(ARGV[1])
-- A Lua number is exact below 2^53.
if amount < 1 or amount > 9007199254740991 then
  return refused('INVALID_AMOUNT')
end
if KEYS[1] == KEYS[2] then
  return refused('SAME_ACCOUNT')
end

local balance = redis.call('GET', KEYS[1])
if not balance or redis.call('EXISTS', KEYS[2]) == 0 then
  return refused('NO_ACCOUNT')
end
if tonumber(balance) < amount then
  return refused('INSUFFICIENT_FUNDS')
end

redis.call('DECRBY', KEYS[1], ARGV[1])
local to = redis.pcall('INCRBY', KEYS[2], ARGV[1])
if type(to) == 'table' then
  -- Nothing is rolled back by itself: an error here would lose the money.
  redis.call('INCRBY', KEYS[1], ARGV[1])
  return to
end

-- Texts, for the same reason.
return {1, redis.call('GET', KEYS[1]), redis.call('GET', KEYS[2])}
