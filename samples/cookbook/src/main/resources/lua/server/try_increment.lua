-- Increments a counter if that can be done.
--
-- KEYS[1]  the counter
--
-- Returns {1, its value}, or {0, nil, why not}.

-- call would end the script with the error; pcall returns it as a table.
local reply = redis.pcall('INCR', KEYS[1])
if type(reply) == 'table' and reply.err then
  return {0, false, reply.err}
end

return {1, reply}
