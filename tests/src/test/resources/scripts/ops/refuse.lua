return redis.error_reply('NOT_ENOUGH ' .. KEYS[1] .. ' for ' .. ARGV[1])
