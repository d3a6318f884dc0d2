package io.github.redislua.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts and closes several servers at a time.
 */
final class Servers {

	private Servers() {
	}

	/**
	 * Start servers in parallel; if one does not start, none is left.
	 * @param builders what they are like
	 * @return the servers, in the same order
	 */
	static List<LocalRedis> start(List<LocalRedis.Builder> builders) {
		ExecutorService executor = Executors.newFixedThreadPool(builders.size());
		try {
			List<CompletableFuture<LocalRedis>> futures = builders.stream()
				.map((builder) -> CompletableFuture.supplyAsync(builder::start, executor))
				.toList();
			return join(futures);
		}
		finally {
			executor.shutdown();
		}
	}

	private static List<LocalRedis> join(List<CompletableFuture<LocalRedis>> futures) {
		List<LocalRedis> servers = new ArrayList<>();
		RuntimeException failure = null;
		for (CompletableFuture<LocalRedis> future : futures) {
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

	static void close(List<LocalRedis> servers) {
		servers.forEach(LocalRedis::close);
	}

}
