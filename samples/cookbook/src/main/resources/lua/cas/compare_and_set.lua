-- Sets a value if the old one is as expected. How long it lives stays the same.
--
-- KEYS[1]  the value
-- ARGV[1]  the expected value
-- ARGV[2]  the new value
--
-- Returns 1, or 0 if there is another value or none.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end

redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')

return 1
