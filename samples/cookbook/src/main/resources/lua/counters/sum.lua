-- Stores the sum of two counters in a third key. A counter that is not there
-- counts as zero.
--
-- KEYS[1]  a counter
-- KEYS[2]  another counter
-- KEYS[3]  the sum
--
-- Returns the sum, or the error NOT_A_NUMBER, which changes nothing.

local first = redis.call('GET', KEYS[1]) or '0'
local second = redis.call('GET', KEYS[2]) or '0'

for _, value in ipairs({first, second}) do
  if not string.match(value, '^-?%d+$') then
    return {err = 'NOT_A_NUMBER a counter is no whole number'}
  end
end

-- Redis adds, and the sum is read as text, since a Lua number holds no more than
-- 53 bits exactly, even one that Redis answers.
redis.call('SET', KEYS[3], first)
redis.call('INCRBY', KEYS[3], second)
return redis.call('GET', KEYS[3])
