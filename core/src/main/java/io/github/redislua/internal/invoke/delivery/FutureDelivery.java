package io.github.redislua.internal.invoke.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * As a future, which also carries what went wrong before anything was sent.
 */
class FutureDelivery implements Delivery {

	@Override
	public Object deliver(Supplier<CompletableFuture<@Nullable Object>> call) {
		try {
			return call.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public Object deliverObserved(Function<@Nullable Object, CompletableFuture<@Nullable Object>> call) {
		return deliver(() -> call.apply(null));
	}

	@Override
	public boolean isEager() {
		return true;
	}

}
