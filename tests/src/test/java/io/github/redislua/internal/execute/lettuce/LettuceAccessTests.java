package io.github.redislua.internal.execute.lettuce;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.LuaScriptException;
import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.CallValues;
import io.github.redislua.internal.execute.PreparedScript;
import io.github.redislua.internal.execute.call.BoundConnections;
import io.github.redislua.internal.execute.call.Handle;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.policy.RedisScriptExecutor;
import io.github.redislua.internal.script.Script;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What this version keeps to itself is reached, and what a version does not have is done
 * without.
 */
class LettuceAccessTests {

	private static final String ADD = "return redis.call('INCR', KEYS[1])";

	private static final String NESTED = """
			local nested = redis.call('INCR', KEYS[1])
			for i = 1, 40 do
			  nested = {nested}
			end
			return nested
			""";

	private static LocalRedis redis;

	private LettuceConnectionFactory factory;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@BeforeEach
	void clean() {
		redis.execute("FLUSHALL");
		redis.execute("SCRIPT", "FLUSH");
		redis.execute("CONFIG", "RESETSTAT");
		connect(LettuceClientConfiguration.builder().build());
	}

	private void connect(LettuceClientConfiguration client) {
		this.factory = new LettuceConnectionFactory(new RedisStandaloneConfiguration(redis.getHost(), redis.getPort()),
				client);
		this.factory.afterPropertiesSet();
		this.factory.start();
	}

	@AfterEach
	void disconnect() {
		this.factory.destroy();
	}

	private PreparedScript prepare(String source, String without) {
		LettuceTransport transport = new LettuceTransport(this.factory, new LettuceAccess(without));
		BoundConnections connections = new BoundConnections(this.factory, () -> false);
		return new RedisScriptExecutor(connections, transport, (script, node) -> {
		}).prepare(Script.inline("Calls.call", "Calls.call", source),
				new CallOptions("Calls.call()", false, false, null, true));
	}

	private static CallValues key(String key) {
		return new CallValues(new byte[][] { key.getBytes(StandardCharsets.UTF_8) }, 1);
	}

	private List<Object> pipelined(Runnable calls) {
		return new StringRedisTemplate(this.factory).executePipelined(new SessionCallback<Object>() {

			@Override
			public <K, V> Object execute(RedisOperations<K, V> operations) {
				calls.run();
				return null;
			}

		});
	}

	@Test
	void everyHandleLeadsSomewhere() {
		assertThat(LettuceAccess.handles()).hasSizeGreaterThanOrEqualTo(9)
			.allSatisfy((handle) -> assertThat(handle.find()).as(handle.toString()).isNotNull());
	}

	@Test
	void aHandleOfAnotherVersionLeadsNowhere() {
		assertThat(Handle.field(LettuceConnectionFactory.class, "connectionPool", List.class).find()).isNull();
		assertThat(Handle.method(LettuceConnectionFactory.class, "getPool", List.class).find()).isNull();
		assertThat(Handle.missing("org.acme.Missing", Handle.Kind.FIELD, "pool").find()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "getAsyncDedicatedConnection", "newLettuceResult", "pipeline", "ppline" })
	void withoutTheWayIntoPipelinesScriptsStayOutOfThem(String handle) {
		PreparedScript script = prepare(ADD, handle);
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> pipelined(() -> script.execute(key("n"))))
			.withMessageContaining("LuaScripts.pipelined")
			.withMessageContaining("Nothing was sent");
		assertThat(redis.execute("GET", "n")).isNull();
		assertThat(script.execute(key("n"))).isEqualTo(1L);
	}

	@Test
	void withoutTheDatabaseEveryCallInAPipelineBringsItsSource() {
		PreparedScript script = prepare(ADD, "dbIndex");
		assertThat(pipelined(() -> {
			script.execute(key("n"));
			script.execute(key("n"));
		})).containsExactly(1L, 2L);
		assertThat(String.valueOf(redis.execute("INFO", "commandstats"))).contains("cmdstat_eval:calls=2,")
			.doesNotContain("cmdstat_evalsha:");
	}

	@Test
	void withoutTheChannelADeepReplyFailsItsCallAndTheNextOneRuns() {
		PreparedScript deep = prepare(NESTED, "channel");
		PreparedScript script = prepare(ADD, "channel");
		assertThat(script.execute(key("n"))).isEqualTo(1L);
		assertThatExceptionOfType(LuaScriptException.class).isThrownBy(() -> deep.execute(key("deep")))
			.withMessageContaining("nested deeper than the 31 levels");
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(script.execute(key("n"))).isEqualTo(2L));
		assertThat(redis.execute("GET", "deep")).as("it ran once").isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "connectionProvider", "delegate", "pools" })
	void withoutTheWayToThePoolItsConnectionsStay(String handle) {
		this.factory.destroy();
		connect(LettucePoolingClientConfiguration.builder().poolConfig(new GenericObjectPoolConfig<>()).build());
		LettuceTransport transport = new LettuceTransport(this.factory, new LettuceAccess(handle));
		ScriptNode server = transport.nodes().get(0).node();
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		byte[][] id = { "CLIENT".getBytes(StandardCharsets.US_ASCII), "ID".getBytes(StandardCharsets.US_ASCII) };
		List<Object> before = server.sendAll(List.<byte[][]>of(id), until);
		CompletableFuture<Void> anew = server.reconnect();
		assertThat(anew).succeedsWithin(10, TimeUnit.SECONDS);
		List<Object> after = server.sendAll(List.<byte[][]>of(id), until);
		assertThat(after.equals(before)).isEqualTo(!handle.isEmpty());
	}

}
