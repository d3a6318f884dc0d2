package io.github.redislua.test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes, when the JVM ends, the servers that still run.
 */
final class Shutdown {

	private static final Set<LocalRedis> SERVERS = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::closeAll, "redis-lua-shutdown"));
	}

	private Shutdown() {
	}

	static void add(LocalRedis server) {
		SERVERS.add(server);
	}

	static void remove(LocalRedis server) {
		SERVERS.remove(server);
	}

	private static void closeAll() {
		SERVERS.forEach(LocalRedis::close);
	}

}
