-- Destroys a session.
--
-- KEYS[1]  the session
-- KEYS[2]  how often all sessions of the user were destroyed
--
-- Returns 1, or 0 if there was no such session.

local live = redis.call('HGET', KEYS[1], '') == (redis.call('GET', KEYS[2]) or '0')
redis.call('DEL', KEYS[1])

return live and 1 or 0
