package io.github.redislua.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

/**
 * A trivial call, with each driver: by hand, through {@code StringRedisTemplate} and
 * through a repository. Only the ratios within one run mean something.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CallBenchmark {

	private static final String SOURCE = "return tonumber(ARGV[1])";

	@Benchmark
	public long jedisByHand(JedisState state) {
		try (Jedis jedis = state.pool.getResource()) {
			return (Long) jedis.evalsha(state.sha1, List.of("key"), List.of("42"));
		}
	}

	@Benchmark
	public @Nullable Long jedisTemplate(JedisState state) {
		return state.template.execute(state.script, List.of("key"), "42");
	}

	@Benchmark
	public long jedisRepository(JedisState state) {
		return state.repository.echo("key", 42);
	}

	@Benchmark
	public Long lettuceByHand(LettuceState state) {
		return state.connection.sync().evalsha(state.sha1, ScriptOutputType.INTEGER, new String[] { "key" }, "42");
	}

	@Benchmark
	public @Nullable Long lettuceTemplate(LettuceState state) {
		return state.template.execute(state.script, List.of("key"), "42");
	}

	@Benchmark
	public long lettuceRepository(LettuceState state) {
		return state.repository.echo("key", 42);
	}

	/**
	 * What is measured.
	 */
	public interface Echo {

		@LuaScript(source = SOURCE)
		long echo(@Key String key, int value);

	}

	/**
	 * Everything on one server.
	 */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public abstract static class DriverState {

		LocalRedis redis;

		StringRedisTemplate template;

		DefaultRedisScript<Long> script = new DefaultRedisScript<>(SOURCE, Long.class);

		String sha1;

		Echo repository;

		void start(RedisConnectionFactory factory) {
			this.template = new StringRedisTemplate(factory);
			this.repository = LuaRepositoryFactory.builder(factory).build().create(Echo.class);
			this.sha1 = this.script.getSha1();
			this.repository.echo("key", 1);
		}

		RedisStandaloneConfiguration server() {
			return new RedisStandaloneConfiguration(this.redis.getHost(), this.redis.getPort());
		}

	}

	/**
	 * With Jedis.
	 */
	@SuppressWarnings("NullAway.Init")
	public static class JedisState extends DriverState {

		JedisPool pool;

		JedisConnectionFactory factory;

		@Setup
		public void start() {
			this.redis = LocalRedis.start();
			this.factory = new JedisConnectionFactory(server());
			this.factory.afterPropertiesSet();
			this.factory.start();
			JedisPoolConfig config = new JedisPoolConfig();
			config.setJmxEnabled(false);
			this.pool = new JedisPool(config, this.redis.getHost(), this.redis.getPort());
			start(this.factory);
		}

		@TearDown
		public void stop() {
			this.pool.close();
			this.factory.destroy();
			this.redis.close();
		}

	}

	/**
	 * With Lettuce.
	 */
	@SuppressWarnings("NullAway.Init")
	public static class LettuceState extends DriverState {

		RedisClient client;

		StatefulRedisConnection<String, String> connection;

		LettuceConnectionFactory factory;

		@Setup
		public void start() {
			this.redis = LocalRedis.start();
			this.factory = new LettuceConnectionFactory(server());
			this.factory.afterPropertiesSet();
			this.factory.start();
			this.client = RedisClient.create(this.redis.getUri());
			this.connection = this.client.connect();
			start(this.factory);
		}

		@TearDown
		public void stop() {
			this.connection.close();
			this.client.shutdown();
			this.factory.destroy();
			this.redis.close();
		}

	}

}
