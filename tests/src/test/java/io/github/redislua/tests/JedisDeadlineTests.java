package io.github.redislua.tests;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.JedisPoolConfig;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Jedis does not bound by itself ends in time as well: testing a connection, making
 * one without a pool, a reply in small pieces, a write that nobody reads.
 */
class JedisDeadlineTests {

	private static final Duration SOON = Duration.ofMillis(1500);

	private LocalRedis redis;

	private final List<JedisConnectionFactory> connections = new ArrayList<>();

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start();
	}

	@AfterEach
	void stop() {
		this.redis.resume();
		this.connections.forEach(Clients::destroy);
		this.redis.close();
	}

	@Test
	void connectionsWithoutAPoolAreMadeInTime() throws Exception {
		Calls calls = create(
				new JedisConnectionFactory(Driver.server(this.redis), JedisClientConfiguration.builder().build()));
		assertFailsUnsent(calls);
		assertThat(calls.add("n")).isEqualTo(1);
	}

	@Test
	void connectionsAreTestedInTime() throws Exception {
		JedisPoolConfig pool = new JedisPoolConfig();
		pool.setTestOnBorrow(true);
		Calls calls = create(new JedisConnectionFactory(Driver.server(this.redis),
				JedisClientConfiguration.builder().usePooling().poolConfig(pool).build()));
		assertThat(calls.add("warm")).isEqualTo(1);
		assertFailsUnsent(calls);
	}

	@Test
	void aReplyInSmallPiecesEndsInTime() {
		try (CuttableLine line = new CuttableLine(this.redis)) {
			Calls calls = create(pooled(new RedisStandaloneConfiguration("127.0.0.1", line.getPort())));
			assertThat(calls.longText("n", 10)).hasSize(10);
			line.trickle(1000, Duration.ofMillis(20));
			long start = System.nanoTime();
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.longText("n", 100_000))
				.withMessageContaining("whether the script ran is unknown");
			assertThat(since(start)).isLessThan(SOON);
		}
	}

	@Test
	void aWriteThatNobodyReadsEndsInTime() throws Exception {
		Calls calls = create(pooled(Driver.server(this.redis)));
		calls.length("n", "warm");
		this.redis.pause();
		long start = System.nanoTime();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> calls.length("n", "x".repeat(16 * 1024 * 1024)))
			.withMessageContaining("Calls.length");
		assertThat(since(start)).isLessThan(SOON);
		this.redis.resume();
		assertThat(calls.length("n", "abc")).as("the connection is in step").isEqualTo(3);
	}

	@Test
	void aNodeOfAClusterThatIsFrozenCostsTheTimeout() throws Exception {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			Calls calls = create(
					new JedisConnectionFactory(Driver.servers(cluster), JedisClientConfiguration.builder().build()));
			cluster.getNodes().forEach(LocalRedis::pause);
			try {
				assertFailsUnsent(calls);
			}
			finally {
				cluster.getNodes().forEach(LocalRedis::resume);
			}
			assertThat(calls.add("n")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inputStream", "pool", "setDataSource",
			"fetchJedisConnector,getRequiredRedisClient,pool,provider,setDataSource,inputStream,socket,initMaster,"
					+ "connection,getPipeline,getTransaction,newJedisResult,pipeline" })
	void withoutAWayIntoTheDriverCallsGoASlowerOne(String missing) throws Exception {
		System.setProperty("redis-lua.internal.jedis.without", missing);
		URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
			.map(JedisDeadlineTests::url)
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			loader.loadClass(WithoutHandles.class.getName())
				.getMethod("run", int.class)
				.invoke(null, this.redis.getPort());
		}
		finally {
			Thread.currentThread().setContextClassLoader(JedisDeadlineTests.class.getClassLoader());
			System.clearProperty("redis-lua.internal.jedis.without");
		}
		assertThat(this.redis.execute("GET", "n")).isEqualTo("6");
	}

	private static URL url(String path) {
		try {
			return Path.of(path).toUri().toURL();
		}
		catch (java.net.MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JedisConnectionFactory pooled(RedisStandaloneConfiguration server) {
		return new JedisConnectionFactory(server,
				JedisClientConfiguration.builder().readTimeout(Duration.ofSeconds(10)).usePooling().build());
	}

	private Calls create(JedisConnectionFactory connection) {
		connection.afterPropertiesSet();
		connection.start();
		this.connections.add(connection);
		return LuaRepositoryFactory.builder(connection).build().create(Calls.class);
	}

	private void assertFailsUnsent(Calls calls) throws Exception {
		this.redis.pause();
		try {
			List<CompletableFuture<Duration>> callers = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				callers.add(Wait.inTheBackground(() -> {
					long start = System.nanoTime();
					assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.addWithin100ms("n"))
						.satisfies(OneDeadlineTests::assertSaysThatNothingRan);
					return since(start);
				}));
			}
			for (CompletableFuture<Duration> caller : callers) {
				assertThat(caller.get(10, TimeUnit.SECONDS)).isLessThan(SOON);
			}
		}
		finally {
			this.redis.resume();
		}
		Thread.sleep(100);
		assertThat(this.redis.execute("EXISTS", "n")).as("nothing ran, then or later").isEqualTo(0L);
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", timeout = "100ms")
		long addWithin100ms(@Key String key);

		@LuaScript(source = "redis.call('EXISTS', KEYS[1]) return string.rep('x', ARGV[1])", timeout = "300ms")
		String longText(@Key String key, int length);

		@LuaScript(source = "redis.call('EXISTS', KEYS[1]) return #ARGV[1]", timeout = "300ms")
		long length(@Key String key, String value);

	}

	/**
	 * Runs where the driver's classes are loaded anew.
	 */
	public static final class WithoutHandles {

		private WithoutHandles() {
		}

		/**
		 * Calls a server in all ways.
		 * @param port the server's port
		 */
		public static void run(int port) {
			JedisConnectionFactory connection = new JedisConnectionFactory(
					new RedisStandaloneConfiguration("127.0.0.1", port),
					JedisClientConfiguration.builder().usePooling().build());
			connection.afterPropertiesSet();
			connection.start();
			try {
				LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).build();
				Scripts scripts = factory.create(Scripts.class);
				assertThat(scripts.add("n")).isEqualTo(1);
				assertThat(scripts.add("n")).isEqualTo(2);
				assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> scripts.fail("n", "VOLL Größe"))
					.withMessageContaining("VOLL Größe");
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> scripts.fail("n", "MOVED nowhere"))
					.withMessageContaining("MOVED");
				assertThat(scripts.add("n")).isEqualTo(3);
				assertThat(factory.scripts().pipelined(() -> {
					scripts.add("n");
					scripts.add("n");
				})).containsExactly(4L, 5L);
				List<Object> results = new StringRedisTemplate(connection)
					.executePipelined(new Session<>((operations) -> {
						scripts.addLater("n");
						return null;
					}));
				assertThat(results).hasSize(1);
			}
			finally {
				Clients.destroy(connection);
			}
		}

		/** The calls. */
		public interface Scripts {

			@LuaScript(source = "return redis.call('INCR', KEYS[1])")
			long add(@Key String key);

			@LuaScript(source = "return redis.call('INCR', KEYS[1])")
			Long addLater(@Key String key);

			@LuaScript(source = "redis.call('EXISTS', KEYS[1]) return {err = ARGV[1]}")
			Long fail(@Key String key, String error);

		}

	}

}
