package io.github.redislua.test.internal.spring;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container. The only class that knows Testcontainers, whose 1.21 and 2.0
 * lines agree on what is used here.
 *
 * @param host where it listens
 * @param port where it listens
 */
public record ContainerServer(String host, int port) {

	private static final DockerImageName IMAGE = DockerImageName.parse("redis:7.2-alpine");

	private static final int PORT = 6379;

	/**
	 * Start a container, which Testcontainers removes when the JVM is gone.
	 * @return the server, or {@code null} if Docker does not answer
	 */
	public static @Nullable ContainerServer start() {
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			return null;
		}
		GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(PORT);
		container.start();
		return new ContainerServer(container.getHost(), container.getMappedPort(PORT));
	}

	@Override
	public String toString() {
		return "Redis on %s:%s (container %s)".formatted(this.host, this.port, IMAGE);
	}

}
