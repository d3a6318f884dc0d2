package io.github.redislua.tests.kotlin

import io.github.redislua.LuaRepositoryFactory
import io.github.redislua.LuaScriptDefinitionException
import io.github.redislua.LuaScriptExecutionException
import io.github.redislua.LuaScriptReplyException
import io.github.redislua.annotation.Key
import io.github.redislua.annotation.LuaError
import io.github.redislua.annotation.LuaScript
import io.github.redislua.test.LocalRedis
import io.github.redislua.test.LuaScriptAssertions.assertThatScripts
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.startCoroutine
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import org.springframework.dao.InvalidDataAccessApiUsageException
import org.springframework.dao.QueryTimeoutException
import org.springframework.data.redis.connection.RedisStandaloneConfiguration
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory
import org.springframework.data.redis.core.RedisOperations
import org.springframework.data.redis.core.SessionCallback
import org.springframework.data.redis.core.StringRedisTemplate
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono

/**
 * `suspend` functions as methods of repositories.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuspendTests {

    private val redis = LocalRedis.start()

    private val server = RedisStandaloneConfiguration(redis.host, redis.port)

    private val connections = LettuceConnectionFactory(server).apply {
        afterPropertiesSet()
        start()
    }

    private val factory = LuaRepositoryFactory.builder(connections).build()

    private val counters = factory.create(Counters::class.java)

    private val calls = factory.create(Calls::class.java)

    @AfterAll
    fun stop() {
        connections.destroy()
        redis.close()
    }

    @BeforeEach
    fun clean() {
        redis.execute("FLUSHALL")
        redis.execute("SCRIPT", "FLUSH")
        redis.execute("CONFIG", "RESETSTAT")
    }

    @Test
    fun `a call has the typed result`(): Unit = runBlocking {
        assertThat(counters.add("n", 3)).isEqualTo(3L)
        assertThat(counters.find("n")).isEqualTo(3L)
        assertThat(counters.reset("n") as Any).isSameAs(Unit)
        assertThat(counters.find("n")).isNull()
        assertThat(calls.text("absent")).isNull()
        assertThat(calls.texts("a", "b", "c")).containsExactly("b", "c")
        assertThat(calls.map("k")).isEqualTo(mapOf("k" to 1L))
        assertThat(calls.decision("k")).isEqualTo(Decision(true, 7))
        assertThat(calls.allowed("k")).isTrue()
    }

    @Test
    fun `nothing but the standard library is needed`() {
        assertThat(start { counters.add("n", 1) + counters.add("n", 1) }.get(5, TimeUnit.SECONDS)).isEqualTo(3L)
        assertThat(start { counters.reset("n") }.get(5, TimeUnit.SECONDS)).isSameAs(Unit)
        assertThat(start { calls.fail("n") }).failsWithin(Duration.ofSeconds(5))
            .withThrowableThat().havingCause().isInstanceOf(LuaScriptExecutionException::class.java)
    }

    @Test
    fun `generic, inherited and default functions work`(): Unit = runBlocking {
        val numbers = factory.create(Numbers::class.java)
        val texts = factory.create(Texts::class.java)
        redis.execute("SET", "n", "5")
        assertThat(numbers.value("n")).isEqualTo(5L)
        assertThat(texts.value("n")).isEqualTo("5")
        assertThat(numbers.values("n")).containsExactly(5L)
        assertThat(numbers.twice("n")).isEqualTo(10L)
    }

    @Test
    fun `what goes wrong is thrown in the coroutine`(): Unit = runBlocking {
        val failure = thrown { calls.fail("n") } as LuaScriptExecutionException
        assertThat(failure.code).isEqualTo("OUT_OF_STOCK")
        assertThat(failure.scriptName).isEqualTo("Calls.fail")
        val raised = thrown { calls.raise("n") } as LuaScriptExecutionException
        assertThat(raised.location).isEqualTo("Calls.raise:2")
        assertThat(thrown { calls.wrong("n") }).isInstanceOf(LuaScriptReplyException::class.java)
            .hasMessageContaining("Calls.wrong(String): expected long")
        assertThat(thrown { calls.optional("n", null) }).isInstanceOf(IllegalArgumentException::class.java)
            .hasMessageContaining("Calls.optional(String, Integer) cannot call").hasMessageContaining("Nothing was sent")
    }

    @Test
    fun `a checked exception needs no declaration, however early it comes`(): Unit = runBlocking(Dispatchers.IO) {
        List(2000) { async { thrown { calls.refuse("n") } } }.awaitAll().forEach {
            assertThat(it).isInstanceOf(OutOfStock::class.java).hasMessage("n")
        }
    }

    @Test
    fun `a flush is healed`(): Unit = runBlocking {
        val results = List(2000) {
            if (it % 50 == 0) {
                redis.execute("SCRIPT", "FLUSH")
            }
            async { counters.add("n", 1) }
        }.awaitAll()
        assertThat(results).doesNotHaveDuplicates().hasSize(2000)
        assertThat(redis.execute("GET", "n")).isEqualTo("2000")
    }

    @Test
    fun `ten thousand coroutines wait on one thread`(): Unit = runBlocking {
        counters.add("n", 0)
        redis.pause()
        val results = try {
            val started = List(10_000) { async { counters.add("n", 1) } }
            // Behind all of them: so none keeps the thread.
            launch { }.join()
            assertThat(started).noneMatch { it.isCompleted }
            started
        } finally {
            redis.resume()
        }
        assertThat(results.awaitAll()).doesNotHaveDuplicates().hasSize(10_000)
    }

    @Test
    fun `a coroutine goes on where its dispatcher says`() {
        Executors.newSingleThreadExecutor { Thread(it, "mine") }.asCoroutineDispatcher().use { mine ->
            runBlocking {
                withContext(mine) {
                    repeat(200) {
                        counters.add("n", 1)
                        assertThat(Thread.currentThread().name).startsWith("mine")
                        thrown { calls.refuse("n") }
                        assertThat(Thread.currentThread().name).startsWith("mine")
                    }
                }
            }
        }
    }

    @Test
    fun `a call that was sent is waited for even if the coroutine is cancelled`() {
        runBlocking { counters.add("n", 0) }
        redis.pause()
        val result = CompletableFuture.supplyAsync {
            runBlocking { withTimeoutOrNull(50) { calls.addWithin300ms("n") } }
        }
        try {
            assertThat(result).failsWithin(Duration.ofSeconds(5)).withThrowableThat()
                .havingCause().isInstanceOf(QueryTimeoutException::class.java)
                .withMessageContaining("whether the script ran is unknown")
        } finally {
            redis.resume()
        }
    }

    @Test
    fun `in a pipeline a coroutine goes on when the pipeline has been sent`() {
        val seen = ArrayList<Long>()
        val results = factory.scripts().pipelined {
            CoroutineScope(Dispatchers.Unconfined).launch { seen += counters.add("n", 1) }
            CoroutineScope(Dispatchers.Unconfined).launch { seen += counters.add("n", 1) }
            assertThat(seen).isEmpty()
        }
        assertThat(results).containsExactly(1L, 2L)
        assertThat(seen).containsExactly(1L, 2L)
    }

    @Test
    fun `in a transaction a call fails before anything is sent`() {
        val template = StringRedisTemplate(connections)
        template.execute(object : SessionCallback<Any?> {

            override fun <K : Any, V : Any> execute(operations: RedisOperations<K, V>): Any? {
                operations.multi()
                assertThat(runBlocking { thrown { counters.add("n", 1) } })
                    .isInstanceOf(InvalidDataAccessApiUsageException::class.java)
                return operations.exec()
            }

        })
        assertThat(redis.execute("EXISTS", "n")).isEqualTo(0L)
    }

    @Test
    fun `the checker knows what a function sends and returns`() {
        assertThatExceptionOfType(LuaScriptDefinitionException::class.java)
            .isThrownBy { factory.create(TooFewArguments::class.java) }
            .withMessageContaining("script reads ARGV[2], but TooFewArguments.store(String,int) supplies 1 argument")
        assertThatScripts(Counters::class.java).fitsItsScripts()
        assertThatExceptionOfType(LuaScriptDefinitionException::class.java)
            .isThrownBy { factory.create(WrongResult::class.java) }
            .withMessageContaining("script returns a list here, but WrongResult.size(String) returns an integer")
    }

    @ParameterizedTest
    @ValueSource(classes = [OfFuture::class, OfMono::class, OfFlux::class])
    fun `a function does not suspend and return something to wait for`(repository: Class<*>) {
        assertThatExceptionOfType(LuaScriptDefinitionException::class.java)
            .isThrownBy { factory.create(repository) }
            .withMessageContaining(repository.simpleName + ".count(String) ")
            .withMessageContaining("it suspends and returns ")
            .withMessageContaining("Return java.lang.Long, or take 'suspend' away")
    }

    @Test
    fun `other mistakes name the function as it is written`() {
        assertThatExceptionOfType(LuaScriptDefinitionException::class.java)
            .isThrownBy { factory.create(Mistakes::class.java) }
            .withMessageContaining("Mistakes.age(String) (script 'Mistakes.age'): the return type does not fit")
            .withMessageContaining("but the method has the parameters key, customer")
            .withMessageNotContaining("Continuation")
            .withMessageNotContaining("completion")
    }

    @Test
    fun `Jedis can only wait for a reply`() {
        val jedis = JedisConnectionFactory(server).apply { afterPropertiesSet() }
        assertThatExceptionOfType(LuaScriptDefinitionException::class.java)
            .isThrownBy { LuaRepositoryFactory.builder(jedis).build().create(Counters::class.java) }
            .withMessageContaining("Counters.find(String) (script 'Counters.find'): it suspends, but Jedis can only wait for a reply")
            .withMessageContaining("or take 'suspend' away")
        jedis.destroy()
    }

    private fun <T> start(block: suspend () -> T): CompletableFuture<T> {
        val result = CompletableFuture<T>()
        block.startCoroutine(Continuation(EmptyCoroutineContext) {
            it.fold(result::complete, result::completeExceptionally)
        })
        return result
    }

    private suspend fun thrown(block: suspend () -> Unit): Throwable? = try {
        block()
        null
    } catch (ex: Throwable) {
        ex
    }

    @JvmRecord
    data class Decision(val allowed: Boolean, val remaining: Long)

    class OutOfStock(message: String) : Exception(message)

    interface Calls {

        @LuaScript(source = "return redis.call('GET', KEYS[1])")
        suspend fun text(@Key key: String): String?

        @LuaScript(source = "return ARGV")
        suspend fun texts(@Key key: String, vararg texts: String): List<String>

        @LuaScript(source = "return {KEYS[1], 1}")
        suspend fun map(@Key key: String): Map<String, Long>

        @LuaScript(source = "return {1, 7}", keys = ["limit:#key"])
        suspend fun decision(key: String): Decision

        @LuaScript(source = "return 1")
        suspend fun allowed(@Key key: String): Boolean

        @LuaScript(source = "return redis.call('INCR', KEYS[1])", timeout = "300ms")
        suspend fun addWithin300ms(@Key key: String): Long

        @LuaScript(source = "return {err = 'OUT_OF_STOCK ' .. KEYS[1]}")
        suspend fun fail(@Key key: String)

        @LuaScript(source = "local key = KEYS[1]\nreturn redis.call('LPOP', key, 'x')")
        suspend fun raise(@Key key: String)

        @LuaScript(source = "return KEYS[1]")
        suspend fun wrong(@Key key: String): Long

        @LuaScript(source = "return ARGV[1]")
        suspend fun optional(@Key key: String, number: Int?)

        @LuaScript(
            source = "return {err = 'OUT_OF_STOCK ' .. KEYS[1]}",
            errors = [LuaError(code = "OUT_OF_STOCK", exception = OutOfStock::class)]
        )
        suspend fun refuse(@Key key: String)

    }

    interface Values<T> {

        @LuaScript(source = "return redis.call('GET', KEYS[1])")
        suspend fun value(@Key key: String): T

        @LuaScript(source = "return {redis.call('GET', KEYS[1])}")
        suspend fun values(@Key key: String): List<T>

    }

    interface Numbers : Values<Long> {

        suspend fun twice(key: String): Long = value(key) + value(key)

    }

    interface Texts : Values<String>

    interface TooFewArguments {

        @LuaScript(source = "return redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])")
        suspend fun store(@Key key: String, value: Int)

    }

    interface WrongResult {

        @LuaScript(source = "redis.call('GET', KEYS[1])\nreturn {1, 2}")
        suspend fun size(@Key key: String): Long

    }

    interface OfFuture {

        @LuaScript(source = "return 1")
        suspend fun count(@Key key: String): CompletableFuture<Long>

    }

    interface OfMono {

        @LuaScript(source = "return 1")
        suspend fun count(@Key key: String): Mono<Long>

    }

    interface OfFlux {

        @LuaScript(source = "return 1")
        suspend fun count(@Key key: String): Flux<Long>

    }

    interface Mistakes {

        @LuaScript(source = "return 1")
        suspend fun age(@Key key: String): Duration

        @LuaScript(source = "return 1", keys = ["cart:#user"])
        suspend fun count(key: String, customer: String): Long

    }

}
