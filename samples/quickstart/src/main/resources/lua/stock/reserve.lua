-- Reserves stock for an order, once: an order that asks again gets the answer
-- it got before.
--
-- KEYS[1]  how many are available
-- KEYS[2]  the reservation of the order
-- ARGV[1]  how many the order wants
--
-- Returns {reserved, left}, or one of the errors OUT_OF_STOCK,
-- ALREADY_RESERVED and INVALID_QUANTITY, which change nothing.

local wanted = tonumber(ARGV[1])
if wanted < 1 then
  return {err = 'INVALID_QUANTITY an order wants at least 1'}
end

local earlier = redis.call('HMGET', KEYS[2], 'reserved', 'left')
if earlier[1] then
  if tonumber(earlier[1]) ~= wanted then
    return {err = 'ALREADY_RESERVED ' .. wanted .. ' wanted, but the order has reserved ' .. earlier[1]}
  end
  return earlier
end

local available = tonumber(redis.call('GET', KEYS[1]) or 0)
if available < wanted then
  return {err = 'OUT_OF_STOCK ' .. wanted .. ' wanted, ' .. available .. ' available'}
end

local left = redis.call('DECRBY', KEYS[1], wanted)
redis.call('HSET', KEYS[2], 'reserved', wanted, 'left', left)

return {wanted, left}
