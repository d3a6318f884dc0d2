-- Adds a tag to a document, if it does not have it yet.
--
-- KEYS[1]  the document, JSON
-- ARGV[1]  the tag
--
-- Returns the document as JSON, nil if there is none, or the error NO_DOCUMENT
-- for what is no JSON object, which changes nothing.

local text = redis.call('GET', KEYS[1])
if not text then
  return false
end

local valid, document = pcall(cjson.decode, text)
if not valid or type(document) ~= 'table' then
  return {err = 'NO_DOCUMENT it is no JSON object'}
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
