-- Fetches a value, and tells one caller to revalidate it when it is stale.
--
-- KEYS[1]  the value
-- KEYS[2]  the right to revalidate it
-- ARGV[1]  how long a value is stale before it goes, in milliseconds
-- ARGV[2]  how long a caller may take to revalidate, in milliseconds; then
--          another one is told to
--
-- Returns {the value, state}. FRESH: it is good. STALE: it is old, and somebody
-- is at it. REVALIDATE: it is old, and this caller is the one to store a new
-- one. MISS: there is none, and the value is nil.

local value = redis.call('GET', KEYS[1])
if not value then
  -- false is what arrives as nil; a nil of Lua would end the reply.
  return {false, 'MISS'}
end

local left = redis.call('PTTL', KEYS[1])
-- A value that never goes is never stale.
if left < 0 or left > tonumber(ARGV[1]) then
  return {value, 'FRESH'}
end

if redis.call('SET', KEYS[2], 1, 'NX', 'PX', ARGV[2]) then
  return {value, 'REVALIDATE'}
end
return {value, 'STALE'}
