package io.github.redislua.tests;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;
import io.github.redislua.test.LocalSentinel;

/**
 * The two drivers, each promised to behave like the other.
 */
enum Driver {

	LETTUCE {
		@Override
		RedisConnectionFactory connect(RedisConfiguration servers, Duration timeout) {
			return lettuce(servers, timeout, (client) -> {
			});
		}
	},

	JEDIS {
		@Override
		RedisConnectionFactory connect(RedisConfiguration servers, Duration timeout) {
			redis.clients.jedis.JedisPoolConfig pool = new redis.clients.jedis.JedisPoolConfig();
			pool.setMaxTotal(128);
			JedisClientConfiguration client = JedisClientConfiguration.builder()
				.readTimeout(timeout)
				.usePooling()
				.poolConfig(pool)
				.build();
			JedisConnectionFactory factory = jedis(servers, client);
			factory.afterPropertiesSet();
			factory.start();
			return factory;
		}

		private static JedisConnectionFactory jedis(RedisConfiguration servers, JedisClientConfiguration client) {
			if (servers instanceof RedisClusterConfiguration cluster) {
				return new JedisConnectionFactory(cluster, client);
			}
			if (servers instanceof RedisSentinelConfiguration sentinel) {
				return new JedisConnectionFactory(sentinel, client);
			}
			return new JedisConnectionFactory((RedisStandaloneConfiguration) servers, client);
		}
	};

	abstract RedisConnectionFactory connect(RedisConfiguration servers, Duration timeout);

	RedisConnectionFactory connect(LocalRedis redis) {
		return connect(server(redis), Duration.ofSeconds(10));
	}

	RedisConnectionFactory connect(LocalRedisCluster cluster) {
		return connect(servers(cluster), Duration.ofSeconds(5));
	}

	RedisConnectionFactory connect(LocalSentinel sentinel) {
		RedisSentinelConfiguration servers = new RedisSentinelConfiguration().master(sentinel.getMasterName());
		sentinel.getSentinels().forEach((server) -> servers.sentinel(server.getHost(), server.getPort()));
		return connect(servers, Duration.ofSeconds(5));
	}

	RedisConnectionFactory connect(LocalRedis redis, String user, String password) {
		RedisStandaloneConfiguration server = server(redis);
		server.setUsername(user);
		server.setPassword(RedisPassword.of(password));
		return connect(server, Duration.ofSeconds(10));
	}

	String property() {
		return "spring.data.redis.client-type=" + name().toLowerCase(Locale.ROOT);
	}

	static RedisStandaloneConfiguration server(LocalRedis redis) {
		return new RedisStandaloneConfiguration(redis.getHost(), redis.getPort());
	}

	static RedisClusterConfiguration servers(LocalRedisCluster cluster) {
		return new RedisClusterConfiguration(cluster.getSeedNodes());
	}

	static LettuceConnectionFactory lettuce(RedisConfiguration servers, Duration timeout,
			Consumer<LettuceClientConfiguration.LettuceClientConfigurationBuilder> settings) {
		LettuceClientConfiguration.LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder()
			.commandTimeout(timeout);
		settings.accept(client);
		LettuceConnectionFactory factory = new LettuceConnectionFactory(servers, client.build());
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
