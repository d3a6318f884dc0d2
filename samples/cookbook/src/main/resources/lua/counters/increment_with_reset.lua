-- Counts one, and starts again when the threshold is reached. The time to live
-- of the counter stays as it is.
--
-- KEYS[1]  the counter
-- ARGV[1]  the threshold, which the counter never shows
-- ARGV[2]  the value to start again from, below the threshold
--
-- Returns {the value that the counter has now, 1 or 0 for started again or not},
-- or the error INVALID_START.

local threshold = tonumber(ARGV[1])
local start = tonumber(ARGV[2])

if start >= threshold then
  return {err = 'INVALID_START ' .. ARGV[2] .. ' is not below ' .. ARGV[1]}
end

local value = redis.call('INCR', KEYS[1])
if value < threshold then
  return {value, 0}
end
redis.call('SET', KEYS[1], start, 'KEEPTTL')
return {start, 1}
