#!lua flags=no-writes
-- What is known of a key. By its first line the script is read-only: the library
-- runs it with EVALSHA_RO, on a replica if it may, and the server refuses to
-- write in it.
--
-- KEYS[1]  any key
--
-- Returns {type, milliseconds to live}, the second nil if it lives for ever, or
-- nil if there is no such key.

-- A status is a table in Lua, {ok = 'string'}.
local kind = redis.call('TYPE', KEYS[1]).ok
if kind == 'none' then
  return false
end

local left = redis.call('PTTL', KEYS[1])
return {kind, left >= 0 and left}
