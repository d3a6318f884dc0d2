-- Reserves stock for an order, once: an order that asks again for the same gets
-- the same answer, and nothing is taken a second time.
--
-- KEYS[1]  how many are available
-- KEYS[2]  a hash of the reservations, by order
-- ARGV[1]  the order
-- ARGV[2]  how many it wants
--
-- Returns {1 or 0 for reserved or not, how many are left}, or one of the errors
-- ALREADY_RESERVED and INVALID_QUANTITY, which change nothing.

local wanted = tonumber(ARGV[2])
if wanted < 1 then
  return {err = 'INVALID_QUANTITY an order wants at least 1'}
end

local available = tonumber(redis.call('GET', KEYS[1]) or 0)
local earlier = redis.call('HGET', KEYS[2], ARGV[1])
if earlier then
  if tonumber(earlier) ~= wanted then
    return {err = 'ALREADY_RESERVED ' .. ARGV[2] .. ' wanted, but the order has reserved ' .. earlier}
  end
  return {1, available}
end

if available < wanted then
  return {0, available}
end

local left = redis.call('DECRBY', KEYS[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])

return {1, left}
