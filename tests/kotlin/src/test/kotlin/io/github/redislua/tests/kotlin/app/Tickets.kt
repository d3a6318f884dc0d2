package io.github.redislua.tests.kotlin.app

import io.github.redislua.annotation.Key
import io.github.redislua.annotation.LuaScript

interface Tickets {

    @LuaScript(source = "return {KEYS[1], redis.call('INCRBY', KEYS[1], ARGV[1])}")
    suspend fun take(@Key queue: String, count: Int): Ticket

    @JvmRecord
    data class Ticket(val queue: String, val number: Long)

}
