-- Sets a player's score or adds to it.
--
-- KEYS[1]  the board
-- ARGV[1]  the player
-- ARGV[2]  SET or ADD
-- ARGV[3]  the score, or what to add
--
-- Returns the new score as a text. The error INVALID_CHANGE changes nothing.

if ARGV[2] == 'ADD' then
  return redis.call('ZINCRBY', KEYS[1], ARGV[3], ARGV[1])
end
if ARGV[2] ~= 'SET' then
  return {err = 'INVALID_CHANGE neither SET nor ADD'}
end

redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])

return redis.call('ZSCORE', KEYS[1], ARGV[1])
