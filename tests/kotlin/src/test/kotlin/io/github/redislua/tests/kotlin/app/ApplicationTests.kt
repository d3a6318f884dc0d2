package io.github.redislua.tests.kotlin.app

import io.github.redislua.test.LocalRedis
import io.github.redislua.tests.kotlin.app.Tickets.Ticket
import kotlin.coroutines.Continuation
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates
import org.springframework.aot.test.generate.TestGenerationContext
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import org.springframework.boot.test.util.TestPropertyValues
import org.springframework.context.annotation.AnnotationConfigApplicationContext
import org.springframework.context.aot.ApplicationContextAotGenerator

/**
 * `suspend` functions in an application of Spring Boot.
 */
class ApplicationTests {

    @Test
    fun `an interface becomes a bean`() {
        LocalRedis.start().use { redis ->
            ApplicationContextRunner().withUserConfiguration(TicketApplication::class.java)
                .withPropertyValues("spring.data.redis.port=${redis.port}")
                .run { context ->
                    assertThat(runBlocking { context.getBean(Tickets::class.java).take("desk", 2) })
                        .isEqualTo(Ticket("desk", 2))
                }
        }
    }

    @Test
    fun `a native image is told of the result and not of the continuation`() {
        val application = AnnotationConfigApplicationContext()
        application.register(TicketApplication::class.java)
        TestPropertyValues.of("redis-lua.preload.mode=none").applyTo(application)
        val generation = TestGenerationContext()
        ApplicationContextAotGenerator().processAheadOfTime(application, generation)
        val hints = generation.runtimeHints
        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Tickets::class.java)).accepts(hints)
        assertThat(RuntimeHintsPredicates.reflection().onType(Ticket::class.java)).accepts(hints)
        assertThat(hints.reflection().getTypeHint(Continuation::class.java)).isNull()
    }

}
