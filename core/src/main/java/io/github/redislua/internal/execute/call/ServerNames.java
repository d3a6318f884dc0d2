package io.github.redislua.internal.execute.call;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.NamedNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;

/**
 * Names of servers that have no address of their own.
 */
public final class ServerNames {

	private ServerNames() {
	}

	public static String master(@Nullable RedisSentinelConfiguration sentinel) {
		NamedNode master = (sentinel != null) ? sentinel.getMaster() : null;
		return "master " + ((master != null) ? master.getName() : "behind Sentinel");
	}

}
