-- Adds a tag to a document, if it does not have it yet.
--
-- KEYS[1]  the document, JSON
-- ARGV[1]  the tag
--
-- Returns the document as JSON, nil if there is none, or one of these errors,
-- which change nothing:
--   NO_DOCUMENT  it is no JSON object
--   NOT_EXACT    it has a number, a list or an object besides its tags. cjson
--                would write numbers with 14 digits, and empty lists as objects.

local text = redis.call('GET', KEYS[1])
if not text then
  return false
end

local valid, document = pcall(cjson.decode, text)
if not valid or type(document) ~= 'table' then
  return {err = 'NO_DOCUMENT it is no JSON object'}
end

for name, value in pairs(document) do
  if name ~= 'tags' and (type(value) == 'number' or type(value) == 'table') then
    return {err = 'NOT_EXACT cjson may change the field ' .. name}
  end
end

-- null in JSON is cjson.null, which is true to Lua.
local tags = document.tags
if not tags or tags == cjson.null then
  tags = {}
end
for _, tag in ipairs(tags) do
  if tag == ARGV[1] then
    return text
  end
end
tags[#tags + 1] = ARGV[1]
document.tags = tags

text = cjson.encode(document)
redis.call('SET', KEYS[1], text, 'KEEPTTL')

return text
