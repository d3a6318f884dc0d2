-- Keeps the server busy after it has written: SCRIPT KILL does not end this one,
-- since what was written could not be taken back.
--
-- KEYS[1]  what it writes
-- ARGV[1]  how many rounds to turn, at most 1,000,000,000
--
-- Returns how many rounds it turned, or the error TOO_MANY_ROUNDS, which writes
-- nothing.

local rounds = tonumber(ARGV[1])
if rounds > 1000000000 then
  return {err = 'TOO_MANY_ROUNDS at most 1000000000'}
end

redis.call('SET', KEYS[1], ARGV[1])

local turned = 0
for _ = 1, rounds do
  turned = turned + 1
end

return turned
