-- A number with a fraction.
--
-- ARGV[1]  a number
-- ARGV[2]  the number to divide it by
--
-- Returns the quotient as text: as a number 3.99 would arrive as 3. Or the error
-- DIVISION_BY_ZERO.

local divisor = tonumber(ARGV[2])
if divisor == 0 then
  return {err = 'DIVISION_BY_ZERO'}
end

return string.format('%.15g', tonumber(ARGV[1]) / divisor)
