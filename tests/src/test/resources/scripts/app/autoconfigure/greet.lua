return 'hello ' .. ARGV[1]
