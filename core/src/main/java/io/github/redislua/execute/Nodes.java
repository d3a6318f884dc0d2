package io.github.redislua.execute;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConfiguration;

/**
 * Names of servers, as the endpoint and the log show them.
 */
final class Nodes {

	private Nodes() {
	}

	static String describe(@Nullable RedisConfiguration configuration, String host, int port) {
		if (configuration instanceof RedisConfiguration.DomainSocketConfiguration socket) {
			return socket.getSocket();
		}
		return host + ":" + port;
	}

}
