-- Keeps the server busy: nobody else is served meanwhile. For trying out what an
-- application does then.
--
-- ARGV[1]  how many rounds to turn, at most 1,000,000,000
--
-- Returns how many rounds it turned, or the error TOO_MANY_ROUNDS.

local rounds = tonumber(ARGV[1])
if rounds > 1000000000 then
  return {err = 'TOO_MANY_ROUNDS at most 1000000000'}
end

local turned = 0
for _ = 1, rounds do
  turned = turned + 1
end

return turned
