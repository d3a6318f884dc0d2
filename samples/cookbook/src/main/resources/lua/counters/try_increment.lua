-- Adds to a counter, if the sum is not above the maximum; without a maximum it
-- always does.
--
-- KEYS[1]  the counter
-- ARGV[1]  how much to add
-- ARGV[2]  the maximum, optional
--
-- Returns {1 or 0 for accepted or not, the value that the counter has now}.

local by = tonumber(ARGV[1])

if ARGV[2] then
  local value = tonumber(redis.call('GET', KEYS[1]) or 0)
  if value + by > tonumber(ARGV[2]) then
    return {0, value}
  end
end
return {1, redis.call('INCRBY', KEYS[1], by)}
