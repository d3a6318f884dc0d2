-- Appends to a list that keeps the newest elements only: a circular buffer.
--
-- KEYS[1]  the list
-- ARGV[1]  the element
-- ARGV[2]  how many to keep
--
-- Returns how many there are then, or the error INVALID_CAPACITY, which changes
-- nothing.

local capacity = tonumber(ARGV[2])
if capacity < 1 then
  return {err = 'INVALID_CAPACITY at least 1'}
end

local length = redis.call('RPUSH', KEYS[1], ARGV[1])
if length > capacity then
  redis.call('LTRIM', KEYS[1], -capacity, -1)
end

return math.min(length, capacity)
