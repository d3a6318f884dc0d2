package io.github.redislua.tests;

import java.time.Duration;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.test.LocalRedis;

/**
 * The two drivers, each promised to behave like the other.
 */
enum Driver {

	LETTUCE {
		@Override
		RedisConnectionFactory connect(RedisStandaloneConfiguration server, Duration timeout) {
			LettuceConnectionFactory factory = new LettuceConnectionFactory(server,
					LettuceClientConfiguration.builder().commandTimeout(timeout).build());
			factory.afterPropertiesSet();
			factory.start();
			return factory;
		}
	},

	JEDIS {
		@Override
		RedisConnectionFactory connect(RedisStandaloneConfiguration server, Duration timeout) {
			redis.clients.jedis.JedisPoolConfig pool = new redis.clients.jedis.JedisPoolConfig();
			pool.setMaxTotal(128);
			JedisConnectionFactory factory = new JedisConnectionFactory(server,
					JedisClientConfiguration.builder().readTimeout(timeout).usePooling().poolConfig(pool).build());
			factory.afterPropertiesSet();
			factory.start();
			return factory;
		}
	};

	abstract RedisConnectionFactory connect(RedisStandaloneConfiguration server, Duration timeout);

	RedisConnectionFactory connect(LocalRedis redis) {
		return connect(new RedisStandaloneConfiguration(redis.getHost(), redis.getPort()), Duration.ofSeconds(10));
	}

	RedisConnectionFactory connect(LocalRedis redis, String user, String password) {
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration(redis.getHost(), redis.getPort());
		server.setUsername(user);
		server.setPassword(RedisPassword.of(password));
		return connect(server, Duration.ofSeconds(10));
	}

	String property() {
		return "spring.data.redis.client-type=" + name().toLowerCase(java.util.Locale.ROOT);
	}

}
