-- Whether a feature is on for a user.
--
-- KEYS[1]  the flag, a hash: on (1 or 0) and rollout (0 to 100)
-- KEYS[2]  a set of users for whom it is on whatever the rollout
-- ARGV[1]  the name of the flag
-- ARGV[2]  the user
--
-- Returns 1 or 0. A flag that is not there is off.

local flag = redis.call('HMGET', KEYS[1], 'on', 'rollout')
if flag[1] ~= '1' then
  return 0
end

if redis.call('SISMEMBER', KEYS[2], ARGV[2]) == 1 then
  return 1
end

-- A place among a hundred, which a user keeps, whatever the rollout becomes. With
-- the flag's name in it, it is not the same users who get every new feature.
local place = tonumber(string.sub(redis.sha1hex(ARGV[1] .. ':' .. ARGV[2]), 1, 8), 16) % 100
if place < tonumber(flag[2] or 0) then
  return 1
end
return 0
