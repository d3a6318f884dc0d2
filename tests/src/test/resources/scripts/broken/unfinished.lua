local n = 1
return n +
