package io.github.redislua.internal.invoke.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.reply.ReplyDecoder;

/**
 * How the result of a call that nobody waits for is handed over.
 */
public interface Delivery {

	/**
	 * Hands over the result of a call.
	 * @param call makes the call, each time it is asked
	 * @return the result to come
	 */
	Object deliver(Supplier<CompletableFuture<@Nullable Object>> call);

	/**
	 * Hands over the result of a call that is observed.
	 * @param call makes the call, each time it is asked, as a part of what it is given,
	 * {@code null} for what is current on the thread
	 * @return the result to come
	 */
	Object deliverObserved(Function<@Nullable Object, CompletableFuture<@Nullable Object>> call);

	/**
	 * Whether the call is made at once, and so can be part of a pipeline.
	 * @return {@code true} unless it waits for a subscriber
	 */
	boolean isEager();

	/**
	 * What the method returns.
	 * @param delivered the result as it was handed over
	 * @param arguments the arguments of the Java call
	 * @return the same, unless the caller cannot take it that way
	 */
	default @Nullable Object result(Object delivered, @Nullable Object[] arguments) {
		return delivered;
	}

	/**
	 * What reads the reply.
	 * @param decoder reads it as the value's type
	 * @return reads it as it is to be handed over
	 */
	default ReplyDecoder decoder(ReplyDecoder decoder) {
		return decoder;
	}

}
