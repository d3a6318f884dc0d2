package io.github.redislua.tests.ops;

import java.time.Duration;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

/**
 * Connections with either driver.
 */
final class Connections {

	private Connections() {
	}

	static LettuceConnectionFactory lettuce(LocalRedis redis) {
		return new LettuceConnectionFactory(server(redis));
	}

	static LettuceConnectionFactory lettuce(LocalRedis redis, Duration timeout) {
		return new LettuceConnectionFactory(server(redis),
				LettuceClientConfiguration.builder().commandTimeout(timeout).build());
	}

	static LettuceConnectionFactory lettuce(LocalRedisCluster cluster) {
		return new LettuceConnectionFactory(new RedisClusterConfiguration(cluster.getSeedNodes()));
	}

	static RedisConnectionFactory jedis(LocalRedis redis) {
		return new JedisConnectionFactory(server(redis));
	}

	private static RedisStandaloneConfiguration server(LocalRedis redis) {
		return new RedisStandaloneConfiguration(redis.getHost(), redis.getPort());
	}

}
