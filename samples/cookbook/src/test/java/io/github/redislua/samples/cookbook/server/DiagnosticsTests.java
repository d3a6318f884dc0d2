package io.github.redislua.samples.cookbook.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptDefinition;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptUnavailableException;
import io.github.redislua.LuaScripts;
import io.github.redislua.samples.cookbook.server.Diagnostics.Attempt;
import io.github.redislua.samples.cookbook.server.Diagnostics.Description;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisException;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class DiagnosticsTests {

	private static final String KEY = "cookbook:visits";

	@Autowired
	private Diagnostics diagnostics;

	@Autowired
	private LuaScripts scripts;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clear() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void interfaceFitsItsScripts() {
		assertThatScripts(Diagnostics.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void logsOnceThatTheMarkIsPassed(@TempDir Path folder) throws Exception {
		Path log = folder.resolve("server.log");
		try (LocalRedis server = LocalRedis.start("--logfile", log.toString())) {
			on(server, (own) -> {
				for (int i = 1; i <= 5; i++) {
					assertThat(own.incrementLogged("visits\nof today", 2)).isEqualTo(i);
				}
			});
			assertThat(Files.readAllLines(log)).filteredOn((line) -> line.contains("more than 2"))
				.singleElement()
				.asString()
				.endsWith("more than 2: cookbook:visits?of today");
		}
	}

	@Test
	void logsNothingOfWhatIsNoCounter() {
		this.redis.execute("SET", KEY, "many");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.diagnostics.incrementLogged("visits", 2))
			.withMessageContaining("not an integer");
	}

	@Test
	void triesToIncrement() {
		assertThat(this.diagnostics.tryIncrement("visits"))
			.isEqualTo(new Attempt(true, OptionalLong.of(1), Optional.empty()));
		assertThat(this.diagnostics.tryIncrement("visits"))
			.isEqualTo(new Attempt(true, OptionalLong.of(2), Optional.empty()));
	}

	@Test
	void saysWhyItCannotIncrement() {
		this.redis.execute("SET", KEY, "many");
		Attempt attempt = this.diagnostics.tryIncrement("visits");
		assertThat(attempt.done()).isFalse();
		assertThat(attempt.value()).isEmpty();
		assertThat(attempt.error()).hasValue("ERR value is not an integer or out of range");
	}

	@Test
	void incrementsOrFailsWithAnErrorOfItsOwn() {
		assertThat(this.diagnostics.incrementOrFail("visits")).isEqualTo(1);
		this.redis.execute("DEL", KEY);
		this.redis.execute("RPUSH", KEY, "ann");
		assertThatExceptionOfType(NotACounterException.class)
			.isThrownBy(() -> this.diagnostics.incrementOrFail("visits"))
			.withMessageStartingWith("WRONGTYPE");
	}

	@Test
	void describesAKey() {
		this.redis.execute("SADD", KEY, "ann");
		assertThat(this.diagnostics.describe("visits")).hasValue(new Description("set", OptionalLong.empty()));
		this.redis.execute("EXPIRE", KEY, "1000");
		Description description = this.diagnostics.describe("visits").orElseThrow();
		assertThat(description.millisToLive().orElseThrow()).isBetween(900_000L, 1_000_000L);
	}

	@Test
	void describesNoKeyThatIsNotThere() {
		assertThat(this.diagnostics.describe("visits")).isEmpty();
	}

	@Test
	void readOnlyScriptCannotWrite() {
		LuaScriptDefinition describe = this.scripts.definition("server/describe");
		assertThat(describe.readOnly()).isTrue();
		assertThat(describe.flags()).containsExactly("no-writes");
		assertThat(calls("evalsha_ro", () -> this.diagnostics.describe("visits"))).isOne();
		assertThatExceptionOfType(LocalRedisException.class).isThrownBy(
				() -> this.redis.execute("EVAL", "#!lua flags=no-writes\nreturn redis.call('DEL', KEYS[1])", "1", KEY))
			.withMessageContaining("Write commands are not allowed from read-only scripts");
	}

	@Test
	void scriptsThatTheServerHasAreNotLoadedAgain() {
		this.redis.execute("SCRIPT", "FLUSH");
		assertThat(exists()).isFalse();
		int all = this.scripts.preload().values().iterator().next();
		assertThat(all).isGreaterThanOrEqualTo(this.scripts.definitions().size());
		assertThat(exists()).isTrue();
		assertThat(this.scripts.preload().values()).containsExactly(0);
	}

	@Test
	void callsGoOnAfterAFlush() {
		assertThat(this.diagnostics.incrementOrFail("visits")).isEqualTo(1);
		this.redis.execute("SCRIPT", "FLUSH");
		assertThat(exists()).isFalse();
		assertThat(this.diagnostics.incrementOrFail("visits")).isEqualTo(2);
		assertThat(exists()).isTrue();
		assertThat(this.diagnostics.incrementOrFail("visits")).isEqualTo(3);
	}

	@Test
	void pipelineGoesOnAfterAFlush() {
		this.diagnostics.incrementOrFail("visits");
		this.redis.execute("SCRIPT", "FLUSH");
		assertThat(this.scripts.pipelined(() -> {
			this.diagnostics.incrementOrFail("visits");
			this.diagnostics.tryIncrement("visits");
		})).containsExactly(2L, new Attempt(true, OptionalLong.of(3), Optional.empty()));
	}

	@Test
	void scriptThatIsKilledIsAnError() {
		try (LocalRedis server = LocalRedis.start("--busy-reply-threshold", "10")) {
			on(server, (own) -> {
				CompletableFuture<Long> busy = own.spin(1_000_000_000);
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.ignoreExceptionsInstanceOf(LocalRedisException.class)
					.until(() -> "OK".equals(server.execute("SCRIPT", "KILL")));
				assertThat(busy).failsWithin(Duration.ofSeconds(20))
					.withThrowableThat()
					.havingCause()
					.isInstanceOf(LuaScriptExecutionException.class)
					.withMessageContaining("SCRIPT KILL");
				assertThat(own.incrementOrFail("visits")).isEqualTo(1);
			});
		}
	}

	@Test
	void scriptThatHasWrittenCannotBeKilled() {
		try (LocalRedis server = LocalRedis.start("--busy-reply-threshold", "10")) {
			on(server, (own) -> {
				CompletableFuture<Long> busy = own.writeAndSpin("visits", 100_000_000);
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThatExceptionOfType(LocalRedisException.class)
						.isThrownBy(() -> server.execute("SCRIPT", "KILL"))
						.withMessageStartingWith("UNKILLABLE"));
				assertThat(busy).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(100_000_000L);
				assertThat(server.execute("GET", KEY)).isEqualTo("100000000");
			});
		}
	}

	@Test
	void othersAreTurnedAwayMeanwhile() {
		try (LocalRedis server = LocalRedis.start("--busy-reply-threshold", "10")) {
			on(server, (own) -> on(server, (others) -> {
				others.describe("visits");
				CompletableFuture<Long> busy = own.spin(1_000_000_000);
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThatExceptionOfType(LuaScriptUnavailableException.class)
						.isThrownBy(() -> others.describe("visits"))
						.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("BUSY")));
				server.execute("SCRIPT", "KILL");
				assertThat(busy).failsWithin(Duration.ofSeconds(20));
				assertThat(others.describe("visits")).isEmpty();
			}));
		}
	}

	@Test
	void scriptThatIsShortEndsByItself() throws Exception {
		assertThat(this.diagnostics.spin(1000).get()).isEqualTo(1000);
		assertThatExceptionOfType(LocalRedisException.class).isThrownBy(() -> this.redis.execute("SCRIPT", "KILL"))
			.withMessageStartingWith("NOTBUSY");
		assertThat(this.diagnostics.spin(1_000_000_001)).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LuaScriptExecutionException.class)
			.withMessageContaining("TOO_MANY_ROUNDS");
	}

	private boolean exists() {
		String sha1 = this.scripts.definition("server/increment_or_fail").sha1();
		return List.of(1L).equals(this.redis.execute("SCRIPT", "EXISTS", sha1));
	}

	private long calls(String command, Runnable action) {
		this.redis.execute("CONFIG", "RESETSTAT");
		action.run();
		return String.valueOf(this.redis.execute("INFO", "commandstats"))
			.lines()
			.filter((line) -> line.startsWith("cmdstat_" + command + ":calls="))
			.mapToLong((line) -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
			.sum();
	}

	private static void on(LocalRedis server, Consumer<Diagnostics> action) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(server.getHost(), server.getPort());
		connections.afterPropertiesSet();
		connections.start();
		try {
			action.accept(LuaRepositoryFactory.builder(connections).build().create(Diagnostics.class));
		}
		finally {
			connections.destroy();
		}
	}

}
