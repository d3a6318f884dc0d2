package io.github.redislua.tests.kotlin

import io.github.redislua.annotation.Key
import io.github.redislua.annotation.LuaScript

interface Counters {

    @LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
    suspend fun add(@Key counter: String, amount: Int): Long

    @LuaScript(source = "return redis.call('GET', KEYS[1])")
    suspend fun find(@Key counter: String): Long?

    @LuaScript(source = "redis.call('DEL', KEYS[1])")
    suspend fun reset(@Key counter: String)

}
