-- Increments a counter, and tells the log of the server when it passes a mark.
--
-- KEYS[1]  the counter
-- ARGV[1]  the mark
--
-- Returns the value of the counter.

local value = redis.call('INCR', KEYS[1])

if value == tonumber(ARGV[1]) + 1 then
  -- Once, not at each call. A key may hold anything, a line break for instance,
  -- and values have no business in a log.
  redis.log(redis.LOG_NOTICE, 'more than ' .. ARGV[1] .. ': ' .. string.gsub(KEYS[1], '%c', '?'))
end

return value
