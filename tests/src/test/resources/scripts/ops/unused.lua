return 'nobody calls this'
