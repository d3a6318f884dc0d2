package io.github.redislua.tests;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The text of a script's error is the script's, in any language, and may be empty.
 */
class ErrorTextTests {

	private static final String TEXT = "AUSVERKAUFT Größe XL fehlt, 漢字 🛒";

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
	}

	@ParameterizedTest
	@EnumSource
	void anErrorKeepsItsText(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.soldOut("n"))
			.satisfies(ErrorTextTests::assertText);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.answer("n", TEXT))
			.satisfies(ErrorTextTests::assertText);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.raise("n", TEXT))
			.withMessageContaining("AUSVERKAUFT Größe XL fehlt, 漢字 🛒");
	}

	@ParameterizedTest
	@EnumSource
	void anErrorInsideAnArrayKeepsItsText(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.nested("n", TEXT))
			.satisfies(ErrorTextTests::assertText);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.nested("n", ""));
		assertThat(redis.execute("GET", "n")).isEqualTo("2");
		assertThat(calls.add("n")).as("the connection is in step").isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void bytesThatAreNoTextAreReplacedAlikeOnBothDrivers(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.broken("n"))
			.satisfies((ex) -> assertThat(ex.getError()).isEqualTo("half a letter: \ufffd."));
	}

	@ParameterizedTest
	@EnumSource
	void anErrorInPipelinedKeepsItsText(Driver driver) {
		LuaRepositoryFactory factory = clients.factory(driver);
		Calls calls = factory.create(Calls.class);
		List<Object> results = factory.scripts().pipelined(() -> {
			calls.answer("n", TEXT);
			calls.answer("n", "");
			calls.nested("n", TEXT);
			calls.add("n");
		});
		assertThat(results.subList(0, 3)).hasOnlyElementsOfType(LuaScriptExecutionException.class);
		assertText((LuaScriptExecutionException) results.get(0));
		assertText((LuaScriptExecutionException) results.get(2));
		assertThat(results.get(3)).isEqualTo(4L);
	}

	@ParameterizedTest
	@EnumSource
	void anErrorInAPipelineOfSpringDataRedisKeepsItsText(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		StringRedisTemplate template = new StringRedisTemplate(clients.connection(driver));
		assertThatExceptionOfType(RedisPipelineException.class)
			.isThrownBy(() -> template.executePipelined(new Session<Void>((operations) -> {
				calls.answer("n", TEXT);
				return null;
			})))
			.withStackTraceContaining(TEXT);
	}

	@ParameterizedTest
	@EnumSource
	void anEmptyErrorInAPipelineOfSpringDataRedisIsAnError(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		StringRedisTemplate template = new StringRedisTemplate(clients.connection(driver));
		assertThatExceptionOfType(RedisPipelineException.class)
			.isThrownBy(() -> template.executePipelined(new Session<Void>((operations) -> {
				calls.answer("n", "");
				calls.addLater("n");
				return null;
			})))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("Redis"));
		assertThat(redis.execute("GET", "n")).isEqualTo("2");
		assertThat(calls.add("n")).as("the connection is in step").isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void anEmptyErrorIsAnErrorAndTheScriptRanOnce(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.answer("n", ""))
			.satisfies((ex) -> assertThat(ex.getError()).isEmpty());
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> calls.answerIdempotently("m", ""));
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.empty("o"));
		assertThat(redis.execute("MGET", "n", "m", "o")).isEqualTo(List.of("1", "1", "1"));
		assertThat(calls.add("n")).as("the connection is in step").isEqualTo(2);
	}

	private static void assertText(LuaScriptExecutionException ex) {
		assertThat(ex.getCode()).isEqualTo("AUSVERKAUFT");
		assertThat(ex.getError()).startsWith("Größe XL fehlt, 漢字");
		assertThat(ex).hasMessageContaining("AUSVERKAUFT Größe XL fehlt, 漢字");
	}

	interface Calls {

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = 'AUSVERKAUFT Größe XL fehlt, 漢字'}")
		Long soldOut(@Key String key);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ARGV[1]}")
		Long answer(@Key String key, String error);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ARGV[1]}", idempotent = true)
		Long answerIdempotently(@Key String key, String error);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ''}")
		Long empty(@Key String key);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) error({err = ARGV[1]})")
		Long raise(@Key String key, String error);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {1, {err = ARGV[1]}, 2}")
		Object nested(@Key String key, String error);

		@LuaScript(source = "return {err = 'BROKEN half a letter: \\195.'}")
		Long broken(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		Long addLater(@Key String key);

	}

}
