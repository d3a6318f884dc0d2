local key, index = KEYS[1], KEYS[2]
local mode = ARGV[1]
if mode == 'touch' then
  if redis.call('EXISTS', key) == 0 then return nil end
  redis.call('EXPIRE', key, ARGV[2])
  return redis.call('HGETALL', key)
end
local ok, reply = pcall(redis.call, 'HGET', key, 'user')
if not ok or reply == false then
  return redis.error_reply('GONE no such session')
end
local data = cjson.decode(ARGV[3] or '{}')
for field, value in pairs(data) do
  if type(value) == 'table' then value = cjson.encode(value) end
  redis.call('HSET', key, field, tostring(value))
end
local answer = redis.pcall('SADD', index, reply)
if type(answer) == "table" and answer['err'] then
  redis.log(redis.LOG_WARNING, string.format("%s: %s", key, answer.err)); return answer
end
return cjson.encode({ user = reply, fields = redis.call('HLEN', key), ["at"] = redis.call('TIME')[1] })
