-- Submits a score. A player keeps the best one.
--
-- KEYS[1]  the board
-- ARGV[1]  the player
-- ARGV[2]  the score
--
-- Returns {improved, rank, players, top}: whether it is the player's best
-- score so far, the rank from 1, how many players there are, and the best
-- three as player, score, player, score and so on. Scores are texts, since a
-- Lua number would lose their fraction on the way out.

local improved = redis.call('ZADD', KEYS[1], 'GT', 'CH', ARGV[2], ARGV[1])
local rank = redis.call('ZREVRANK', KEYS[1], ARGV[1]) + 1

return {improved, rank, redis.call('ZCARD', KEYS[1]), redis.call('ZREVRANGE', KEYS[1], 0, 2, 'WITHSCORES')}
