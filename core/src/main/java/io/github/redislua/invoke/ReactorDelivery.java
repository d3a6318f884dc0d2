package io.github.redislua.invoke;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.redislua.codec.ReplyDecoder;
import io.github.redislua.codec.ReplyMismatchException;

/**
 * As a stream: each subscription is a call, and cancelling it takes the call back if it
 * has not been sent yet.
 */
abstract class ReactorDelivery implements Delivery {

	@Override
	public boolean isEager() {
		return false;
	}

	/**
	 * The value, or nothing for nil.
	 */
	static final class OfMono extends ReactorDelivery {

		@Override
		@SuppressWarnings("NullAway") // Reactor takes a future of null for an empty Mono
		public Object deliver(Supplier<CompletableFuture<@Nullable Object>> call) {
			return Mono.fromFuture(call);
		}

	}

	/**
	 * The elements of an array.
	 */
	static final class OfFlux extends ReactorDelivery {

		@Override
		@SuppressWarnings("NullAway") // as above
		public Object deliver(Supplier<CompletableFuture<@Nullable Object>> call) {
			return Mono.fromFuture(call).flatMapMany((elements) -> Flux.fromIterable((List<?>) elements));
		}

		// A stream has no element that is nothing.
		@Override
		public ReplyDecoder decoder(ReplyDecoder decoder) {
			return (reply) -> {
				Object elements = decoder.decode(reply);
				int nil = (elements instanceof List<?> list) ? list.indexOf(null) : -1;
				if (nil >= 0) {
					throw new ReplyMismatchException("element " + (nil + 1) + " of a Flux", "nil");
				}
				return elements;
			};
		}

	}

}
