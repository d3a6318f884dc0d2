-- Takes the first element of a list that has more than a number of them.
--
-- KEYS[1]  the list
-- ARGV[1]  how many always stay
--
-- Returns the element, or nil if there are too few.

if redis.call('LLEN', KEYS[1]) <= tonumber(ARGV[1]) then
  return false
end

return redis.call('LPOP', KEYS[1])
