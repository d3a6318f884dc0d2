-- Reads a value, or sets it if there is none.
--
-- KEYS[1]  the value
-- ARGV[1]  what to set
-- ARGV[2]  how long it lives then, in milliseconds
--
-- Returns {value, created}.

local value = redis.call('GET', KEYS[1])
if value then
  return {value, 0}
end

redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])

return {ARGV[1], 1}
