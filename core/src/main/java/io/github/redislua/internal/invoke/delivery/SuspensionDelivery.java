package io.github.redislua.internal.invoke.delivery;

import java.util.concurrent.CompletableFuture;

import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.SafeContinuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.jspecify.annotations.Nullable;

/**
 * As the result of a {@code suspend} function, whose coroutine waits for the future: what
 * Kotlin's {@code suspendCoroutine} does. The only class here that needs Kotlin, loaded
 * for such functions only.
 */
final class SuspensionDelivery extends FutureDelivery {

	private final boolean unit;

	/**
	 * Create a new delivery.
	 * @param unit whether the function returns nothing
	 */
	SuspensionDelivery(boolean unit) {
		this.unit = unit;
	}

	@Override
	@SuppressWarnings("unchecked")
	public @Nullable Object result(Object delivered, @Nullable Object[] arguments) {
		CompletableFuture<@Nullable Object> future = (CompletableFuture<@Nullable Object>) delivered;
		// On the caller's dispatcher.
		Continuation<Object> caller = IntrinsicsKt.intercepted((Continuation<Object>) arguments[arguments.length - 1]);
		SafeContinuation<Object> coroutine = new SafeContinuation<>(caller);
		future.whenComplete((value, ex) -> coroutine.resumeWith(outcome(value, ex)));
		try {
			return coroutine.getOrThrow();
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable checked) {
			// No proxy throws what the method does not declare, but a coroutine may.
			future.whenCompleteAsync((value, ex) -> caller.resumeWith(outcome(value, ex)));
			return IntrinsicsKt.getCOROUTINE_SUSPENDED();
		}
	}

	private @Nullable Object outcome(@Nullable Object value, @Nullable Throwable ex) {
		if (ex != null) {
			return ResultKt.createFailure(ex);
		}
		return this.unit ? Unit.INSTANCE : value;
	}

}
