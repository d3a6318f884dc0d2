--[[ Moves what is due from the waiting set to the ready list, at most
     a batch at a time; "lease" marks each with its deadline. ]]
local waiting, ready, leases = KEYS[1], KEYS[2], KEYS[3]
local rcall = redis.call
local now = tonumber(ARGV[1]); local batch = tonumber(ARGV[2]) or 100

local function each(list, visit)
  for i = 1, #list, 2 do
    visit(list[i], list[i + 1], i)
  end
end

local due = rcall("ZRANGEBYSCORE", waiting, "-inf", now, "WITHSCORES", "LIMIT", 0, batch)
local moved = {}
each(due, function(id, score)
  rcall("RPUSH", ready, id)
  rcall("ZADD", leases, now + 30000, id)
  moved[#moved + 1] = id
end)
if #moved > 0 then
  for from = 1, #moved, 5000 do
    rcall('ZREM', waiting, unpack(moved, from, math.min(from + 4999, #moved)))
  end
elseif rcall('LLEN', ready) == 0 and not (#due ~= 0) then
  return false
else
  return redis.status_reply("NONE")
end
return moved
