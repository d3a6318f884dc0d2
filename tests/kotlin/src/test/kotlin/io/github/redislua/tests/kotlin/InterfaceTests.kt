package io.github.redislua.tests.kotlin

import io.github.redislua.LuaRepositoryFactory
import io.github.redislua.LuaScriptDefinitionException
import io.github.redislua.annotation.Key
import io.github.redislua.annotation.LuaScript
import io.github.redislua.test.LocalRedis
import java.util.function.Function
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.Test
import org.springframework.data.redis.connection.RedisStandaloneConfiguration
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory

/**
 * What is different in an interface that is written in Kotlin.
 */
class InterfaceTests {

    @Test
    fun `a data class as a reply is told to be a record`() {
        assertThatExceptionOfType(LuaScriptDefinitionException::class.java)
            .isThrownBy { LuaRepositoryFactory.offline().build().check(listOf(Points::class.java)) }
            .withMessageContaining(
                "Point cannot be read from a reply: declare reply = ReplyFormat.JSON, make it a record " +
                    "(@JvmRecord data class Point), or register a Converter<String, Point>"
            )
    }

    @Test
    fun `an interface of the JDK needs no bridge`() {
        LocalRedis.start().use { redis ->
            val connections = LettuceConnectionFactory(RedisStandaloneConfiguration(redis.host, redis.port)).apply {
                afterPropertiesSet()
                start()
            }
            try {
                val lengths: Function<String, Long> =
                    LuaRepositoryFactory.builder(connections).build().create(Lengths::class.java)
                assertThat(lengths.apply("four")).isEqualTo(4L)
                assertThat(lengths.andThen { it * 2 }.apply("four")).isEqualTo(8L)
            } finally {
                connections.destroy()
            }
        }
    }

    data class Point(val x: Long, val y: Long)

    interface Points {

        @LuaScript(source = "return {1, 2}")
        fun point(): Point

    }

    interface Lengths : Function<String, Long> {

        @LuaScript(source = "return #KEYS[1]")
        override fun apply(@Key text: String): Long

    }

}
