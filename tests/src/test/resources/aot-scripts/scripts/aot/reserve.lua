local left = tonumber(redis.call('GET', KEYS[1]) or '0') - tonumber(ARGV[1])
if left < 0 then
  return {0, left + tonumber(ARGV[1])}
end
redis.call('SET', KEYS[1], left)
return {1, left}
