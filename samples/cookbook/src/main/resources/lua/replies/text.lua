-- A string, or nil.
--
-- KEYS[1]  a string
--
-- Returns it. What is not there is false to Lua, and nil when it arrives.

return redis.call('GET', KEYS[1])
