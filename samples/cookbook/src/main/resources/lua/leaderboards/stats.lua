-- Reads where a player is.
--
-- KEYS[1]  the board
-- ARGV[1]  the player
--
-- Returns {score, rank, players}, the rank from 1, or nil if the player is
-- not on the board.

local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score then
  return false
end

return {score, redis.call('ZREVRANK', KEYS[1], ARGV[1]) + 1, redis.call('ZCARD', KEYS[1])}
