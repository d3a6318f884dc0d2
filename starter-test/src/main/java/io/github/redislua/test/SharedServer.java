package io.github.redislua.test;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.github.redislua.test.internal.spring.ContainerServer;

/**
 * The one server all applications and tests in this JVM use.
 *
 * @param host where it listens
 * @param port where it listens
 * @param description which server it is, for people
 * @param redis the server, unless it is a container
 */
record SharedServer(String host, int port, String description, @Nullable LocalRedis redis) {

	private static @Nullable SharedServer instance;

	static synchronized SharedServer get() {
		SharedServer server = instance;
		if (server == null) {
			server = start();
			instance = server;
		}
		else if (server.redis() != null && !server.redis().isRunning()) {
			// A test killed it. On the same port, as other contexts know that one.
			server.redis().restart();
		}
		return server;
	}

	private static SharedServer start() {
		if (ClassUtils.isPresent("org.testcontainers.containers.GenericContainer",
				SharedServer.class.getClassLoader())) {
			ContainerServer container = ContainerServer.start();
			if (container != null) {
				return new SharedServer(container.host(), container.port(), container.toString(), null);
			}
		}
		LocalRedis redis = LocalRedis.start();
		return new SharedServer(redis.getHost(), redis.getPort(), redis.toString(), redis);
	}

}
