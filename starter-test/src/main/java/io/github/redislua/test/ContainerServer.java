package io.github.redislua.test;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container. The only class that knows Testcontainers, whose 1.21 and 2.0
 * lines agree on what is used here.
 */
final class ContainerServer {

	private static final DockerImageName IMAGE = DockerImageName.parse("redis:7.2-alpine");

	private static final int PORT = 6379;

	private ContainerServer() {
	}

	/**
	 * Start a container, which Testcontainers removes when the JVM is gone.
	 * @return the server, or {@code null} if Docker does not answer
	 */
	static @Nullable SharedServer start() {
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			return null;
		}
		GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(PORT);
		container.start();
		String host = container.getHost();
		int port = container.getMappedPort(PORT);
		return new SharedServer(host, port, "Redis on %s:%d (container %s)".formatted(host, port, IMAGE), null);
	}

}
