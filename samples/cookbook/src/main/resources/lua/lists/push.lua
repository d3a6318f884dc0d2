-- Puts an element at the front of a list, and takes from its end what is then
-- too much.
--
-- KEYS[1]  the list
-- ARGV[1]  the element
-- ARGV[2]  how many the list may have
-- ARGV[3]  how many to take from its end at most
--
-- Returns {how many there are then, {what fell out, the oldest first}}, or the
-- error INVALID_LIMIT, which changes nothing.

local limit, atMost = tonumber(ARGV[2]), tonumber(ARGV[3])
if limit < 1 or atMost < 1 then
  return {err = 'INVALID_LIMIT at least 1'}
end

local length = redis.call('LPUSH', KEYS[1], ARGV[1])
if length <= limit then
  return {length, {}}
end

local removed = redis.call('RPOP', KEYS[1], math.min(length - limit, atMost))
return {length - #removed, removed}
