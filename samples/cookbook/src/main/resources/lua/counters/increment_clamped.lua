-- Adds to a counter, but only up to the maximum. A counter that is above the
-- maximum already, say because the maximum is new, is not pulled down to it.
--
-- KEYS[1]  the counter
-- ARGV[1]  how much to add, negative to take away
-- ARGV[2]  the maximum
--
-- Returns the value that the counter has now.

local value = tonumber(redis.call('GET', KEYS[1]) or 0)
local room = math.max(0, tonumber(ARGV[2]) - value)
local step = math.min(tonumber(ARGV[1]), room)

if step == 0 then
  return value
end
-- Not SET, which would take away the counter's time to live.
return redis.call('INCRBY', KEYS[1], step)
