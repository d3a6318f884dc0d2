-- Moves the last element of a list to its front.
--
-- KEYS[1]  the list
--
-- Returns the element, or nil if there is no list.

-- One command: after RPOP a list of one element would be gone, with its time to
-- live, before LPUSH makes a new one.
return redis.call('LMOVE', KEYS[1], KEYS[1], 'RIGHT', 'LEFT')
