package io.github.redislua.tests;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import redis.clients.jedis.RedisProtocol;

import io.github.redislua.test.LocalRedis;

/**
 * What lies between a script and Java: a driver that speaks one of the two protocols. In
 * its defaults Lettuce speaks RESP3 and Jedis RESP2.
 */
enum Wire {

	LETTUCE_RESP2 {
		@Override
		RedisConnectionFactory connect(RedisStandaloneConfiguration server) {
			return lettuce(server, ProtocolVersion.RESP2);
		}
	},

	LETTUCE_RESP3 {
		@Override
		RedisConnectionFactory connect(RedisStandaloneConfiguration server) {
			return lettuce(server, ProtocolVersion.RESP3);
		}
	},

	JEDIS_RESP2 {
		@Override
		RedisConnectionFactory connect(RedisStandaloneConfiguration server) {
			return jedis(server, RedisProtocol.RESP2);
		}
	},

	JEDIS_RESP3 {
		@Override
		RedisConnectionFactory connect(RedisStandaloneConfiguration server) {
			return jedis(server, RedisProtocol.RESP3);
		}
	};

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	abstract RedisConnectionFactory connect(RedisStandaloneConfiguration server);

	RedisConnectionFactory connect(LocalRedis redis) {
		return connect(new RedisStandaloneConfiguration(redis.getHost(), redis.getPort()));
	}

	private static RedisConnectionFactory lettuce(RedisStandaloneConfiguration server, ProtocolVersion protocol) {
		ClientOptions options = ClientOptions.builder().protocolVersion(protocol).build();
		LettuceConnectionFactory factory = new LettuceConnectionFactory(server,
				LettuceClientConfiguration.builder().clientOptions(options).commandTimeout(TIMEOUT).build());
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	private static RedisConnectionFactory jedis(RedisStandaloneConfiguration server, RedisProtocol protocol) {
		JedisConnectionFactory factory = new JedisConnectionFactory(server,
				JedisClientConfiguration.builder()
					.customize((config) -> config.protocol(protocol))
					.readTimeout(TIMEOUT)
					.usePooling()
					.build());
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
