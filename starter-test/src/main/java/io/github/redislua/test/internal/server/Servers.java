package io.github.redislua.test.internal.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts and closes several servers at a time.
 */
public final class Servers {

	private Servers() {
	}

	/**
	 * Start servers in parallel; if one does not start, none is left.
	 * @param builders what they are like
	 * @return the servers, in the same order
	 */
	public static List<Server> start(List<ServerOptions> builders) {
		ExecutorService executor = Executors.newFixedThreadPool(builders.size());
		try {
			List<CompletableFuture<Server>> futures = builders.stream()
				.map((builder) -> CompletableFuture.supplyAsync(builder::start, executor))
				.toList();
			return join(futures);
		}
		finally {
			executor.shutdown();
		}
	}

	private static List<Server> join(List<CompletableFuture<Server>> futures) {
		List<Server> servers = new ArrayList<>();
		RuntimeException failure = null;
		for (CompletableFuture<Server> future : futures) {
			try {
				servers.add(future.join());
			}
			catch (CompletionException ex) {
				failure = (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
			}
		}
		if (failure != null) {
			close(servers);
			throw failure;
		}
		return List.copyOf(servers);
	}

	public static void close(List<Server> servers) {
		servers.forEach(Server::close);
	}

}
