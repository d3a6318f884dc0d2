-- The types of RESP3.
--
-- KEYS[1]  a sorted set
-- KEYS[2]  a set
-- ARGV[1]  a member
--
-- Returns a map: score, a double, nil if there is no such member; listed, whether
-- the set has the member; members, the whole set. To a client that speaks RESP2
-- Redis writes the same in the types that it has.

-- From here on a score is a double, and false is a boolean instead of nil.
redis.setresp(3)

local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
local members = redis.call('SMEMBERS', KEYS[2])

return {map = {
  score = score,
  listed = members.set[ARGV[1]] == true,
  members = members,
}}
