package io.github.redislua.tests;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
 * Errors inside of replies, some of which Jedis cannot read to their end: nobody may get
 * what is left of them.
 */
class RepliesInStepTests {

	private static final List<String> ERRORS = List.of("MOVED nowhere", "ASK price too low", "MOVED 1 127.0.0.1:1",
			"ASK", "X y");

	private static LocalRedis redis;

	private static Wires wires;

	@BeforeAll
	static void connect() {
		redis = LocalRedis.start();
		wires = new Wires(redis);
	}

	@AfterAll
	static void disconnect() throws Exception {
		wires.close();
		redis.close();
	}

	@BeforeEach
	void clean() {
		redis.execute("FLUSHALL");
	}

	@ParameterizedTest
	@EnumSource
	void inASession(Wire wire) {
		assertInStep(wire, (template, calls) -> template.execute(new Session<Void>((operations) -> {
			calls.run();
			return null;
		})), 1);
	}

	@ParameterizedTest
	@EnumSource
	void whileKeysAreWatched(Wire wire) {
		assertInStep(wire, (template, calls) -> template.execute(new Session<Void>((operations) -> {
			operations.watch("watched");
			calls.run();
			operations.unwatch();
			return null;
		})), 1);
	}

	@ParameterizedTest
	@EnumSource
	void inAPipeline(Wire wire) {
		assertInStep(wire, (template, calls) -> assertResults(template.executePipelined(new Session<>((operations) -> {
			operations.opsForValue().get("before");
			calls.run();
			calls.run();
			operations.opsForValue().get("after");
			operations.opsForValue().get("after");
			return null;
		}))), 2);
	}

	@ParameterizedTest
	@EnumSource
	void inATransaction(Wire wire) {
		assertInStep(wire,
				(template, calls) -> assertResults(template.execute(new Session<List<Object>>((operations) -> {
					operations.multi();
					operations.opsForValue().get("before");
					calls.run();
					calls.run();
					operations.opsForValue().get("after");
					operations.opsForValue().get("after");
					return operations.exec();
				}))), 2);
	}

	@Test
	void aPipelineWhoseRepliesAreLostSaysWhy() {
		StringRedisTemplate template = new StringRedisTemplate(wires.connection(Wire.JEDIS_RESP3));
		Calls calls = wires.create(Wire.JEDIS_RESP3, Calls.class);
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> template.executePipelined(new Session<>((operations) -> {
				calls.map("ran", "AUSVERKAUFT Größe XL");
				return null;
			})))
			.withStackTraceContaining("Jedis cannot read a reply with this error in it: AUSVERKAUFT Größe XL");
	}

	@ParameterizedTest
	@EnumSource(names = { "JEDIS_RESP2", "JEDIS_RESP3" })
	void anErrorThatJedisWouldTakeForARedirectionCostsNoOtherReply(Wire wire) {
		StringRedisTemplate template = new StringRedisTemplate(wires.connection(wire));
		Calls calls = wires.create(wire, Calls.class);
		for (String error : List.of("MOVED nowhere", "ASK price too low", "")) {
			redis.execute("SET", "after", "2");
			List<Object> results = template.executePipelined(new Session<>((operations) -> {
				calls.array("ran", error);
				operations.opsForValue().get("after");
				return null;
			}));
			assertThat(results).as(error).hasSize(2).endsWith("2");
			assertThat(results.get(0)).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(4);
		}
	}

	private static void assertInStep(Wire wire, Mode mode, int runs) {
		StringRedisTemplate template = new StringRedisTemplate(wires.connection(wire));
		Calls calls = wires.create(wire, Calls.class);
		redis.execute("SET", "before", "1");
		redis.execute("SET", "after", "2");
		for (String error : ERRORS) {
			for (Runnable call : List.<Runnable>of(() -> calls.array("ran", error), () -> calls.map("ran", error),
					() -> calls.error("ran", error))) {
				redis.execute("DEL", "ran");
				try {
					mode.run(template, call);
				}
				catch (RedisPipelineException ex) {
					if (!ex.getPipelineResult().isEmpty()) {
						assertResults(ex.getPipelineResult());
					}
				}
				catch (RuntimeException ex) {
					// Whose replies come next is what counts.
				}
				for (int i = 0; i < 5; i++) {
					String number = String.valueOf(calls.increment("n"));
					assertThat(template.opsForValue().get("n")).as(error).isEqualTo(number);
				}
				assertThat(redis.execute("GET", "ran")).as(error).isEqualTo(String.valueOf(runs));
			}
		}
	}

	private static void assertResults(List<Object> results) {
		// In an exception they are as the driver left them.
		assertThat(results.stream()
			.map((result) -> (result instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : result))
			.startsWith("1")
			.endsWith("2", "2")
			.hasSize(5);
	}

	interface Mode {

		void run(StringRedisTemplate template, Runnable call);

	}

	interface Calls {

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {'one', {err = ARGV[1]}, 'leftover1', 'leftover2'}")
		Object array(@Key String key, String error);

		@LuaScript(source = """
				redis.setresp(3)
				redis.call('INCR', KEYS[1])
				return {{map = {a = {err = ARGV[1]}, b = 'left', c = 'over'}}, 'leftover1', 'leftover2'}""")
		Object map(@Key String key, String error);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ARGV[1]}")
		Object error(@Key String key, String error);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long increment(@Key String key);

	}

}
