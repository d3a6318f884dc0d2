package io.github.redislua.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.lettuce.core.ReadFrom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The users of docs/security.md, whose lines are the files in {@code resources/acl}:
 * everything works with the rights they have, and not with one of them less.
 */
class AclTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

	@AfterEach
	void disconnect() {
		this.connections.forEach(Clients::destroy);
	}

	// Redis words its refusals anew from time to time, and drivers ask newer servers for
	// more.
	static Stream<Arguments> driversAndVersions() {
		return Arrays.stream(Driver.values())
			.flatMap((driver) -> Stream.of("7.0", "7.2").map((version) -> Arguments.of(driver, version)));
	}

	@ParameterizedTest
	@MethodSource("driversAndVersions")
	void theseRightsAreEnoughForOneServer(Driver driver, String version) {
		try (LocalRedis redis = start(version)) {
			Rights rights = Rights.read("server.acl");
			rights.grant(redis);
			assertThat(failures(connect(driver, redis, rights), List.of(redis))).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void andNoneOfThemCanBeSpared(Driver driver) {
		try (LocalRedis redis = LocalRedis.start()) {
			Rights rights = Rights.read("server.acl");
			for (String right : rights.commands()) {
				rights.without(right).grant(redis);
				assertThat(failures(connect(driver, redis, rights), List.of(redis))).as("without " + right)
					.isNotEmpty();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("driversAndVersions")
	void whoMayNotLoadScriptsSendsThemAndNeedsEval(Driver driver, String version) {
		try (LocalRedis redis = start(version)) {
			Rights rights = Rights.read("no-script-load.acl");
			rights.grant(redis);
			Map<String, Throwable> failures = failures(connect(driver, redis, rights), List.of(redis));
			assertThat(failures).containsOnlyKeys("preload");
			assertThat(failures.get("preload")).isInstanceOf(LuaScriptExecutionException.class)
				.hasMessageMatching(".*NOPERM .*'script\\|load'.*");
			assertThat(Statistics.calls(redis, "eval")).isPositive();
			for (String right : List.of("+eval", "+eval_ro")) {
				rights.without(right).grant(redis);
				Map<String, Throwable> refused = failures(connect(driver, redis, rights), List.of(redis));
				assertThat(refused.values()).anySatisfy((ex) -> assertThat(ex)
					.hasMessageContaining("has no permissions to run the '" + right.substring(1) + "' command"));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("driversAndVersions")
	void aUserWhoMayOnlyReadRunsReadOnlyScripts(Driver driver, String version) {
		try (LocalRedis redis = start(version)) {
			Rights rights = Rights.read("reader.acl");
			rights.grant(redis);
			redis.execute("SET", "shop:n", "5");
			Calls calls = LuaRepositoryFactory.builder(connect(driver, redis, rights)).build().create(Calls.class);
			assertThat(calls.read("shop:n")).isEqualTo(5);
			assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.add("shop:n", 1))
				.withMessageContaining("Calls.add(String, long): NOPERM ")
				.withMessageContaining("has no permissions to run the 'evalsha' command")
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("NOPERM"));
		}
	}

	@ParameterizedTest
	@MethodSource("driversAndVersions")
	void aKeyOfSomebodyElseIsRefused(Driver driver, String version) {
		try (LocalRedis redis = start(version)) {
			Rights rights = Rights.read("server.acl");
			rights.grant(redis);
			redis.execute("SET", "other", "secret");
			LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connect(driver, redis, rights)).build();
			Calls calls = factory.create(Calls.class);
			Curious curious = factory.create(Curious.class);
			assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.read("other"))
				.withMessageMatching(".*Calls\\.read\\(String\\): NOPERM .*key.*");
			assertThatExceptionOfType(LuaScriptExecutionException.class).as("a key that is not declared")
				.isThrownBy(() -> curious.readAnother("shop:n"))
				.withMessageMatching("Script 'Curious.readAnother' failed at Curious.readAnother:1 in .*key.*");
			assertThat(redis.execute("GET", "other")).isEqualTo("secret");
		}
	}

	@ParameterizedTest
	@MethodSource("driversAndVersions")
	void aCommandThatTheScriptMayNotRunIsNamedByItsLine(Driver driver, String version) {
		try (LocalRedis redis = start(version)) {
			Rights rights = Rights.read("server.acl");
			rights.grant(redis);
			Calls calls = LuaRepositoryFactory.builder(connect(driver, redis, rights)).build().create(Calls.class);
			assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.delete("shop:n"))
				.withMessageStartingWith("Script 'Calls.delete' failed at Calls.delete:2 in ")
				.withMessageContaining(version.equals("7.0") ? "can't run this command" : "'del' command")
				.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo("Calls.delete:2"));
		}
	}

	@ParameterizedTest
	@MethodSource("driversAndVersions")
	void theseRightsAreEnoughForACluster(Driver driver, String version) {
		Rights rights = Rights.read(clusterFile(driver));
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0, LocalRedis.builder().minimumVersion(version))) {
			cluster.getNodes().forEach(rights::grant);
			RedisConnectionFactory connection = driver.connect(servers(cluster, rights), TIMEOUT);
			this.connections.add(connection);
			Map<String, Throwable> failures = failures(connection, cluster.getNodes());
			failures.putAll(failuresWhileASlotMoves(connection, cluster));
			assertThat(failures).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void andNoneOfThemCanBeSparedThere(Driver driver) {
		Rights rights = Rights.read(clusterFile(driver));
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			for (String right : rights.commands()) {
				if (Rights.read("server.acl").commands().contains(right)) {
					continue;
				}
				Rights less = rights.without(right);
				cluster.getNodes().forEach(less::grant);
				Map<String, Throwable> failures = new LinkedHashMap<>();
				// Jedis asks for the slots when it connects.
				attempt(failures, "connect", () -> {
					RedisConnectionFactory connection = driver.connect(servers(cluster, rights), TIMEOUT);
					this.connections.add(connection);
					failures.putAll(failures(connection, cluster.getNodes()));
					failures.putAll(failuresWhileASlotMoves(connection, cluster));
					return true;
				}, true);
				assertThat(failures).as("without " + right).isNotEmpty();
			}
		}
	}

	@Test
	void readingFromTheReplicasOfAClusterNeedsTwoMore() {
		Rights rights = Rights.read("cluster-replicas.acl");
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 1)) {
			for (String right : List.of("", "+readonly", "+eval_ro")) {
				Rights less = rights.without(right);
				cluster.getNodes().forEach(less::grant);
				RedisConnectionFactory connection = Driver.lettuce(servers(cluster, rights), TIMEOUT,
						(client) -> client.readFrom(ReadFrom.REPLICA));
				this.connections.add(connection);
				Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
				Map<String, Throwable> failures = new LinkedHashMap<>();
				cluster.masterOf("shop:n").execute("SET", "shop:n", "5");
				cluster.masterOf("shop:n").execute("WAIT", "1", "1000");
				cluster.getNodes().forEach((node) -> node.execute("SCRIPT", "FLUSH"));
				attempt(failures, "read", () -> calls.read("shop:n"), 5L);
				assertThat(failures.isEmpty()).as("without '" + right + "': " + failures).isEqualTo(right.isEmpty());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void theDriversTryMoreButCanDoWithout(Driver driver) {
		LocalRedis.Builder version = LocalRedis.builder().minimumVersion("7.2");
		try (LocalRedis redis = version.start(); LocalRedisCluster cluster = LocalRedisCluster.start(3, 0, version)) {
			Rights rights = Rights.read("server.acl");
			rights.with("+client|setinfo").grant(redis);
			failures(connect(driver, redis, rights), List.of(redis));
			assertThat(redis.execute("ACL", "LOG")).as("what was refused").isEqualTo(List.of());
			Rights clusterRights = Rights.read(clusterFile(driver));
			for (LocalRedis node : cluster.getNodes()) {
				clusterRights.with("+client|setinfo", "+client|setname", "+cluster|myid", "+info").grant(node);
			}
			RedisConnectionFactory connection = driver.connect(servers(cluster, clusterRights), TIMEOUT);
			this.connections.add(connection);
			failures(connection, cluster.getNodes());
			failuresWhileASlotMoves(connection, cluster);
			cluster.getNodes().forEach((node) -> assertThat(node.execute("ACL", "LOG")).isEqualTo(List.of()));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aPipelineOfSpringDataRedisNeedsEvalAndATransactionMore(Driver driver) {
		try (LocalRedis redis = LocalRedis.start()) {
			Rights rights = Rights.read("server.acl").with("+eval", "+multi", "+exec");
			for (String right : List.of("", "+eval", "+multi", "+exec")) {
				rights.without(right).grant(redis);
				redis.execute("FLUSHALL");
				RedisConnectionFactory connection = connect(driver, redis, rights);
				Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
				StringRedisTemplate template = new StringRedisTemplate(connection);
				Map<String, Throwable> failures = new LinkedHashMap<>();
				attempt(failures, "pipeline", () -> template.executePipelined(new Session<>((operations) -> {
					calls.add("shop:n", 1);
					return null;
				})), List.of(1L));
				attempt(failures, "transaction", () -> template.execute(new Session<>((operations) -> {
					operations.multi();
					calls.add("shop:n", 1);
					return operations.exec();
				})), List.of(2L));
				switch (right) {
					case "" -> assertThat(failures).isEmpty();
					case "+eval" -> assertThat(failures).containsOnlyKeys("pipeline", "transaction");
					default -> assertThat(failures).containsOnlyKeys("transaction");
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aDatabaseNeedsSelect(Driver driver) {
		try (LocalRedis redis = LocalRedis.start()) {
			Rights rights = Rights.read("server.acl");
			for (Rights granted : List.of(rights.with("+select"), rights)) {
				granted.grant(redis);
				RedisStandaloneConfiguration server = server(redis, rights);
				server.setDatabase(3);
				RedisConnectionFactory connection = driver.connect(server, TIMEOUT);
				this.connections.add(connection);
				Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
				if (granted != rights) {
					assertThat(calls.add("shop:n", 1)).isEqualTo(1);
					assertThat(redis.execute("GET", "shop:n")).isNull();
				}
				else {
					// Lettuce now and then sees the end of the connection before the
					// reason.
					Awaitility.await()
						.atMost(TIMEOUT)
						.untilAsserted(() -> assertThatExceptionOfType(DataAccessException.class)
							.isThrownBy(() -> calls.add("shop:n", 1))
							.withStackTraceContaining("has no permissions to run the 'select' command"));
				}
			}
		}
	}

	// What an application does, and what of it failed.
	private static Map<String, Throwable> failures(RedisConnectionFactory connection, List<LocalRedis> servers) {
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).locations().build();
		Calls calls = factory.create(Calls.class);
		servers.forEach((server) -> server.execute("SCRIPT", "FLUSH"));
		Map<String, Throwable> failures = new LinkedHashMap<>();
		attempt(failures, "first call", () -> {
			calls.add("shop:n", -calls.add("shop:n", 0));
			return calls.add("shop:n", 1);
		}, 1L);
		// Before the preload, after which missing scripts are loaded in the background as
		// well.
		attempt(failures, "script that says NOSCRIPT itself", () -> calls.readOrNoscript("shop:n"), 1L);
		attempt(failures, "preload", () -> factory.scripts().preload().keySet().size(), servers.size());
		attempt(failures, "read", () -> calls.read("shop:n"), 1L);
		servers.forEach((server) -> server.execute("SCRIPT", "FLUSH"));
		attempt(failures, "call after a flush", () -> calls.add("shop:n", 1), 2L);
		servers.forEach((server) -> server.execute("SCRIPT", "FLUSH"));
		attempt(failures, "read after a flush", () -> calls.read("shop:n"), 2L);
		servers.forEach((server) -> server.execute("SCRIPT", "FLUSH"));
		attempt(failures, "pipeline", () -> factory.scripts().pipelined(() -> {
			calls.add("shop:n", 1);
			calls.read("shop:n");
		}), List.of(3L, 3L));
		return failures;
	}

	private static Map<String, Throwable> failuresWhileASlotMoves(RedisConnectionFactory connection,
			LocalRedisCluster cluster) {
		Calls calls = LuaRepositoryFactory.builder(connection).locations().build().create(Calls.class);
		String key = "shop:moving";
		cluster.masterOf(key).execute("DEL", key);
		LocalRedis from = cluster.masterOf(key);
		LocalRedis to = cluster.getMasters().stream().filter((master) -> master != from).findFirst().orElseThrow();
		String slot = String.valueOf(cluster.slotOf(key));
		Map<String, Throwable> failures = new LinkedHashMap<>();
		to.execute("CLUSTER", "SETSLOT", slot, "IMPORTING", String.valueOf(from.execute("CLUSTER", "MYID")));
		from.execute("CLUSTER", "SETSLOT", slot, "MIGRATING", String.valueOf(to.execute("CLUSTER", "MYID")));
		try {
			attempt(failures, "ASK", () -> calls.add(key, 1), 1L);
		}
		finally {
			cluster.getMasters()
				.forEach((master) -> master.execute("CLUSTER", "SETSLOT", slot, "NODE",
						String.valueOf(to.execute("CLUSTER", "MYID"))));
		}
		attempt(failures, "MOVED", () -> calls.add(key, 1), 2L);
		attempt(failures, "new topology", () -> {
			Awaitility.await().atMost(TIMEOUT).until(() -> isSentOnce(cluster, () -> calls.read(key)));
			return true;
		}, true);
		cluster.moveSlot(Integer.parseInt(slot), to, from);
		return failures;
	}

	private static boolean isSentOnce(LocalRedisCluster cluster, Runnable call) {
		call.run();
		cluster.getNodes().forEach((node) -> node.execute("CONFIG", "RESETSTAT"));
		call.run();
		return cluster.getNodes()
			.stream()
			.mapToLong((node) -> Statistics.calls(node, "evalsha_ro") + Statistics.rejected(node, "evalsha_ro"))
			.sum() == 1;
	}

	private static void attempt(Map<String, Throwable> failures, String what, Supplier<Object> action,
			Object expected) {
		try {
			assertThat(action.get()).isEqualTo(expected);
		}
		catch (RuntimeException | AssertionError ex) {
			failures.put(what, ex);
		}
	}

	private static LocalRedis start(String version) {
		return LocalRedis.builder().minimumVersion(version).start();
	}

	private RedisConnectionFactory connect(Driver driver, LocalRedis redis, Rights rights) {
		RedisConnectionFactory connection = driver.connect(server(redis, rights), TIMEOUT);
		this.connections.add(connection);
		return connection;
	}

	private static RedisStandaloneConfiguration server(LocalRedis redis, Rights rights) {
		RedisStandaloneConfiguration server = Driver.server(redis);
		server.setUsername(rights.user());
		server.setPassword(RedisPassword.of(rights.password()));
		return server;
	}

	private static RedisClusterConfiguration servers(LocalRedisCluster cluster, Rights rights) {
		RedisClusterConfiguration servers = Driver.servers(cluster);
		servers.setUsername(rights.user());
		servers.setPassword(RedisPassword.of(rights.password()));
		return servers;
	}

	private static String clusterFile(Driver driver) {
		return "cluster-" + driver.name().toLowerCase(Locale.ROOT) + ".acl";
	}

	/**
	 * A line of an ACL file.
	 *
	 * @param user the name of the user
	 * @param rules what follows it
	 */
	private record Rights(String user, List<String> rules) {

		static Rights read(String file) {
			try {
				String line = new ClassPathResource("acl/" + file).getContentAsString(StandardCharsets.UTF_8).strip();
				List<String> words = List.of(line.split(" "));
				assertThat(words.get(0)).isEqualTo("user");
				return new Rights(words.get(1), words.subList(2, words.size()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		String password() {
			return this.rules.stream().filter((rule) -> rule.startsWith(">")).findFirst().orElseThrow().substring(1);
		}

		List<String> commands() {
			return this.rules.stream().filter((rule) -> rule.startsWith("+")).toList();
		}

		Rights with(String... more) {
			return new Rights(this.user, Stream.concat(this.rules.stream(), Arrays.stream(more)).toList());
		}

		Rights without(String right) {
			return new Rights(this.user, this.rules.stream().filter((rule) -> !rule.equals(right)).toList());
		}

		void grant(LocalRedis redis) {
			List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", this.user, "reset"));
			command.addAll(this.rules);
			redis.execute(command.toArray(String[]::new));
		}

	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		Long add(@Key String key, long amount);

		@LuaScript(source = "return redis.call('GET', KEYS[1])", readOnly = true)
		Long read(@Key String key);

		@LuaScript(source = "return redis.call('GET', KEYS[1]) or redis.error_reply('NOSCRIPT of my own')")
		Long readOrNoscript(@Key String key);

		@LuaScript(source = "local key = KEYS[1]\nreturn redis.call('DEL', key)")
		Long delete(@Key String key);

	}

	interface Curious {

		@LuaScript(source = "return redis.call('GET', 'other')")
		String readAnother(@Key String key);

	}

}
