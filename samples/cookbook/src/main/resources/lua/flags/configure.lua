-- Sets a feature flag.
--
-- KEYS[1]  the flag, a hash
-- ARGV[1]  1 if it is on, 0 if it is off for everybody
-- ARGV[2]  for how many users in a hundred it is on
--
-- Returns nothing, or the error INVALID_ROLLOUT, which changes nothing.

local rollout = tonumber(ARGV[2])
if rollout < 0 or rollout > 100 then
  return {err = 'INVALID_ROLLOUT 0 to 100'}
end

redis.call('HSET', KEYS[1], 'on', ARGV[1], 'rollout', ARGV[2])
