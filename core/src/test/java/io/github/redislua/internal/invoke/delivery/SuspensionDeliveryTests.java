package io.github.redislua.internal.invoke.delivery;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What becomes of a future that is complete before or after the coroutine suspends.
 */
class SuspensionDeliveryTests {

	private final Delivery delivery = new SuspensionDelivery(false);

	private final Coroutine coroutine = new Coroutine();

	@Test
	void aResultThatIsThereIsReturned() {
		assertThat(this.delivery.result(CompletableFuture.completedFuture(3L), arguments())).isEqualTo(3L);
		assertThat(this.delivery.result(CompletableFuture.completedFuture(null), arguments())).isNull();
		assertThat(new SuspensionDelivery(true).result(CompletableFuture.completedFuture(null), arguments()))
			.isSameAs(Unit.INSTANCE);
		assertThat(this.coroutine.resumed).isNotDone();
	}

	@Test
	void aResultThatComesLaterResumesTheCoroutine() {
		CompletableFuture<Object> future = new CompletableFuture<>();
		assertThat(this.delivery.result(future, arguments())).isSameAs(IntrinsicsKt.getCOROUTINE_SUSPENDED());
		future.complete(3L);
		assertThat(this.coroutine.resumed).isCompletedWithValue(3L);
	}

	@Test
	void anExceptionThatIsThereIsThrown() {
		IllegalStateException failure = new IllegalStateException("broken");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.delivery.result(CompletableFuture.failedFuture(failure), arguments()))
			.isSameAs(failure);
		assertThat(this.coroutine.resumed).isNotDone();
	}

	@Test
	void anExceptionThatComesLaterResumesTheCoroutine() {
		CompletableFuture<Object> future = new CompletableFuture<>();
		this.delivery.result(future, arguments());
		IOException failure = new IOException("broken");
		future.completeExceptionally(failure);
		assertThat(this.coroutine.resumed).isCompletedWithValue(ResultKt.createFailure(failure));
	}

	@Test
	void aCheckedExceptionIsNeverThrownByTheProxy() throws Exception {
		IOException failure = new IOException("broken");
		assertThat(this.delivery.result(CompletableFuture.failedFuture(failure), arguments()))
			.isSameAs(IntrinsicsKt.getCOROUTINE_SUSPENDED());
		assertThat(this.coroutine.resumed.get(5, TimeUnit.SECONDS)).isEqualTo(ResultKt.createFailure(failure));
	}

	private Object[] arguments() {
		return new Object[] { "key", this.coroutine };
	}

	/**
	 * What Kotlin's compiler makes of a caller, without a dispatcher.
	 */
	private static final class Coroutine implements Continuation<Object> {

		private final CompletableFuture<Object> resumed = new CompletableFuture<>();

		@Override
		public CoroutineContext getContext() {
			return EmptyCoroutineContext.INSTANCE;
		}

		@Override
		public void resumeWith(Object result) {
			assertThat(this.resumed.complete(result)).as("resumed once").isTrue();
		}

	}

}
