local a, b, c = 1, 0x1F, .5e-3
local s = [==[
long ]] text ]=] ]==] .. 'q\'\"\\\065\n' .. "two\
lines" .. [[]]
local t = { 1, 2; 3, ['k'] = "v", name = function(self, ...) return select('#', ...), ... end, { {} }, f = nil, [1 + 2] = -2 ^ -3, }
function t.a() end t.x = { y = {} }
function t.x.y:z(p, q) self.p, self.q = p, q; return self end
local function rec(n) if n <= 1 then return 1 else return n * rec(n - 1) end end
do local up = a; t.up = function() up = up + 1; return function() return up, rec end end end
while a < 10 and not (b == c or b ~= c) do
  a = a + 1; if a % 2 == 0 then break end
end
repeat local done = a > 3; local g = function() return done end until done and g() == true
for i = 10, 1, -1 do for k, v in pairs(t), nil, nil do if k then t[i], t[k], a = v, i, k break end end end
t.x.y:z(1, 2):z { 3 }:z 'four' "five"
;(t.a or print)(...)
local n = #t.x.y + -#s * 2 / 3 % 4 ^ 5 .. '' == '' and nil or false
if a == nil then elseif b >= c then elseif b <= c then else end
a, b, t[a], t.x[b] = b, a
return t, (...), n, function(a, b, ...) local arg2 = arg; return ... end
