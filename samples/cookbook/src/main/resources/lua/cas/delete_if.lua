-- Deletes a value if it is as expected.
--
-- KEYS[1]  the value
-- ARGV[1]  the expected value
--
-- Returns 1, or 0 if there is another value or none.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end

return redis.call('DEL', KEYS[1])
