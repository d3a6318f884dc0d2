-- Reads the best players.
--
-- KEYS[1]  the board
-- ARGV[1]  how many, a thousand at the most
--
-- Returns an array of {rank, player, score}, the best one first, or the error
-- TOO_MANY.

local count = tonumber(ARGV[1])
if count < 1 then
  -- Up to -1 would be all of them.
  return {}
end
if count > 1000 then
  return {err = 'TOO_MANY a thousand players at the most'}
end

local players = redis.call('ZREVRANGE', KEYS[1], 0, count - 1, 'WITHSCORES')
local top = {}
for i = 1, #players, 2 do
  top[#top + 1] = {#top + 1, players[i], players[i + 1]}
end

return top
