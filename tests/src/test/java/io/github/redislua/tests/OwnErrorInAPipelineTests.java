package io.github.redislua.tests;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * In a pipeline of Spring Data Redis a script may return an error that reads like the
 * server's word for a script that it does not know. It ran, and does not run again.
 */
class OwnErrorInAPipelineTests {

	private static final String MISSING = "NOSCRIPT No matching script. Please use EVAL.";

	private static LocalRedis redis;

	private static Clients clients;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
		clients = new Clients(redis);
	}

	@AfterAll
	static void stop() {
		clients.close();
		redis.close();
	}

	@BeforeEach
	void clean() {
		redis.execute("FLUSHALL");
		redis.execute("SCRIPT", "FLUSH");
	}

	@ParameterizedTest
	@EnumSource
	void aScriptThatTheServerKnowsRunsOnce(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		assertThat(calls.answer("n", "OK")).isEqualTo("OK");
		assertPipelineFails(driver, calls);
		assertThat(redis.execute("GET", "n")).isEqualTo("2");
		assertThat(calls.add("n")).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void aScriptThatItDoesNotKnowRunsOnceToo(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		assertPipelineFails(driver, calls);
		assertThat(redis.execute("GET", "n")).isEqualTo("1");
		assertThat(calls.add("n")).isEqualTo(2);
	}

	private static void assertPipelineFails(Driver driver, Calls calls) {
		StringRedisTemplate template = new StringRedisTemplate(clients.connection(driver));
		assertThatExceptionOfType(RedisPipelineException.class)
			.isThrownBy(() -> template.executePipelined(new Session<List<Object>>((operations) -> {
				calls.answer("n", MISSING);
				return null;
			})))
			.withStackTraceContaining(MISSING);
	}

	interface Calls {

		@LuaScript(source = """
				redis.call('INCR', KEYS[1])
				if ARGV[1] == 'OK' then return 'OK' end
				return {err = ARGV[1]}""")
		String answer(@Key String key, String error);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

	}

}
