package io.github.redislua.test.internal.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes, when the JVM ends, the servers that still run.
 */
final class Shutdown {

	private static final Set<Server> SERVERS = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::closeAll, "redis-lua-shutdown"));
	}

	private Shutdown() {
	}

	static void add(Server server) {
		SERVERS.add(server);
	}

	static void remove(Server server) {
		SERVERS.remove(server);
	}

	private static void closeAll() {
		SERVERS.forEach(Server::close);
	}

}
