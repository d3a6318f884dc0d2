-- JSON.
--
-- KEYS[1]  a hash
-- ARGV[1]  a JSON object to put on top of it
--
-- Returns the fields of the hash and of the object as one JSON object, or the
-- error INVALID_JSON. A number in it has 14 digits and an empty array becomes an
-- empty object, so what must not change is better a string.

local valid, object = pcall(cjson.decode, ARGV[1])
if not valid or type(object) ~= 'table' then
  return {err = 'INVALID_JSON it is no object'}
end

local merged = {}
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  merged[fields[i]] = fields[i + 1]
end
for field, value in pairs(object) do
  merged[field] = value
end

return cjson.encode(merged)
