package io.github.redislua.invoke;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Return types of methods that do not wait for the reply.
 */
final class AsynchronousTypes {

	// By name: Reactor need not be there.
	private static final Set<String> REACTIVE = Set.of("reactor.core.publisher.Mono", "reactor.core.publisher.Flux",
			"org.reactivestreams.Publisher");

	private AsynchronousTypes() {
	}

	static boolean isAsynchronous(Class<?> type) {
		return type == CompletableFuture.class || type == CompletionStage.class || type == Future.class
				|| REACTIVE.contains(type.getName());
	}

}
