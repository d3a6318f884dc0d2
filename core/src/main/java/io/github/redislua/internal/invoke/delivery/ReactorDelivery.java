package io.github.redislua.internal.invoke.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import io.github.redislua.internal.codec.reply.ReplyDecoder;
import io.github.redislua.internal.codec.reply.ReplyMismatchException;

/**
 * As a stream: each subscription is a call, and cancelling it takes the call back if it
 * has not been sent yet.
 */
abstract class ReactorDelivery implements Delivery {

	// What Micrometer's ObservationThreadLocalAccessor.KEY says; Micrometer need not be
	// there.
	private static final String OBSERVATION = "micrometer.observation";

	@Override
	public boolean isEager() {
		return false;
	}

	// A subscriber's thread is not the one that started what the call is a part of.
	private static @Nullable Object observation(ContextView context) {
		return context.getOrDefault(OBSERVATION, null);
	}

	/**
	 * The value, or nothing for nil.
	 */
	static final class OfMono extends ReactorDelivery {

		@Override
		public ReplyDecoder decoder(ReplyDecoder decoder) {
			return decoder.nullable();
		}

		@Override
		@SuppressWarnings("NullAway") // Reactor takes a future of null for an empty Mono
		public Object deliver(Supplier<CompletableFuture<@Nullable Object>> call) {
			return Mono.fromFuture(call);
		}

		@Override
		@SuppressWarnings("NullAway") // as above
		public Object deliverObserved(Function<@Nullable Object, CompletableFuture<@Nullable Object>> call) {
			return Mono.deferContextual((context) -> Mono.fromFuture(call.apply(observation(context))));
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

		@Override
		@SuppressWarnings("NullAway") // as above
		public Object deliverObserved(Function<@Nullable Object, CompletableFuture<@Nullable Object>> call) {
			return Flux.deferContextual((context) -> Mono.fromFuture(call.apply(observation(context)))
				.flatMapMany((elements) -> Flux.fromIterable((List<?>) elements)));
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
