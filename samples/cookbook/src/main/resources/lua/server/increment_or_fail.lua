-- Increments a counter, or fails with an error that the application knows.
--
-- KEYS[1]  the counter
--
-- Returns its value, or the error NOT_A_COUNTER, which changes nothing.

local reply = redis.pcall('INCR', KEYS[1])
if type(reply) == 'table' and reply.err then
  return redis.error_reply('NOT_A_COUNTER ' .. reply.err)
end

return reply
