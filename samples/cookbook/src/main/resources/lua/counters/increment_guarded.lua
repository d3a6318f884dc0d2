-- Counts one, and reports an error of Redis as part of the reply: for a caller
-- to whom a key that holds something else is nothing exceptional.
--
-- KEYS[1]  the counter
--
-- Returns {1, the new value}, or {0, nil, the error}.

local reply = redis.pcall('INCR', KEYS[1])
if type(reply) == 'table' then
  -- false, since nil would end the array here.
  return {0, false, reply.err}
end
return {1, reply}
