-- Reads chunks (a line with the length, then the bytes) and prints the reference implementation's verdict on each.
local function escape(c) return string.format("\\%03d", string.byte(c)) end
while true do
  local length = io.read("*l")
  if not length then break end
  length = tonumber(length)
  local chunk = (length > 0) and io.read(length) or ""
  local ok, message = loadstring(chunk, "@user_script")
  if ok then
    io.write("ok\n")
  else
    -- Errors of the machine, not the parser's, come with the interpreter's own stack.
    message = string.gsub(message, "\nstack traceback:.*", "")
    io.write((string.gsub(message, "[%c\\]", escape)), "\n")
  end
end
