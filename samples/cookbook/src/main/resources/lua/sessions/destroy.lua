-- Destroys a session.
--
-- KEYS[1]  the session
-- KEYS[2]  what the sessions of the user have in common, until all are destroyed
--
-- Returns 1, or 0 if there was no such session.

local generation = redis.call('GET', KEYS[2])
local live = generation and redis.call('HGET', KEYS[1], '') == generation
redis.call('DEL', KEYS[1])

return live and 1 or 0
