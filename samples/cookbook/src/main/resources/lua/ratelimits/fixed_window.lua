-- Allows so many requests in each window of time, which begins with the first.
--
-- KEYS[1]  the requests of the window
-- ARGV[1]  how many are allowed
-- ARGV[2]  how long a window is, in milliseconds
--
-- Returns {allowed, remaining, retryAfter}: how many are left, and in how many
-- milliseconds to ask again, 0 if the request is allowed. What is refused does
-- not count. The error INVALID_WINDOW changes nothing.

local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
-- Redis would forget the count at once, and nothing would be refused.
if window < 1 then
  return {err = 'INVALID_WINDOW a window is at least a millisecond'}
end

-- A count that never ends, left by something else, would refuse for ever.
if redis.call('PTTL', KEYS[1]) == -1 then
  redis.call('PEXPIRE', KEYS[1], window)
end

local count = tonumber(redis.call('GET', KEYS[1]) or 0)
if count >= limit then
  return {0, 0, redis.call('PTTL', KEYS[1])}
end

count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('PEXPIRE', KEYS[1], window)
end

return {1, limit - count, 0}
