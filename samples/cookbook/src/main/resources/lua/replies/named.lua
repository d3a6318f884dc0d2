-- Values with names.
--
-- KEYS[1]  a list
--
-- Returns length, first and last element, each after its name: a table with
-- names, {length = 3}, would arrive empty.

return {
  'length', redis.call('LLEN', KEYS[1]),
  'first', redis.call('LINDEX', KEYS[1], 0),
  'last', redis.call('LINDEX', KEYS[1], -1),
}
