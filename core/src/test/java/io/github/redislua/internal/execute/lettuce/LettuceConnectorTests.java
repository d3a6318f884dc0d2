package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LettuceConnector} and {@link LettucePace}.
 */
class LettuceConnectorTests {

	private final AtomicInteger attempts = new AtomicInteger();

	@Test
	void allWhoWaitShareOneAttempt() {
		LettuceConnector<String> connector = new LettuceConnector<>();
		CountDownLatch latch = new CountDownLatch(1);
		CompletableFuture<String> first = connector.connect(() -> attempt(latch));
		CompletableFuture<String> second = connector.connect(() -> attempt(latch));
		assertThat(second).isNotDone();
		latch.countDown();
		assertThat(first).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo("redis-lua-connect");
		assertThat(second).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo("redis-lua-connect");
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void whoJoinedAnAttemptThatFailsIsPartOfOneMore() {
		LettuceConnector<String> connector = new LettuceConnector<>();
		CountDownLatch latch = new CountDownLatch(1);
		CompletableFuture<String> first = connector.connect(() -> {
			attempt(latch);
			throw new IllegalStateException("down");
		});
		CompletableFuture<String> second = connector.connect(() -> attempt(latch));
		CompletableFuture<String> third = connector.connect(() -> attempt(latch));
		latch.countDown();
		assertThat(first).failsWithin(5, TimeUnit.SECONDS).withThrowableThat().withMessageContaining("down");
		assertThat(second).succeedsWithin(5, TimeUnit.SECONDS);
		assertThat(third).succeedsWithin(5, TimeUnit.SECONDS);
	}

	@Test
	void afterAFailureTheNextOneTriesAgain() {
		LettuceConnector<String> connector = new LettuceConnector<>();
		assertThat(connector.connect(() -> {
			throw new IllegalStateException("down");
		})).failsWithin(5, TimeUnit.SECONDS).withThrowableThat().withMessageContaining("down");
		assertThat(connector.connect(() -> attempt(new CountDownLatch(0)))).succeedsWithin(5, TimeUnit.SECONDS);
	}

	private String attempt(CountDownLatch latch) {
		this.attempts.incrementAndGet();
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return Thread.currentThread().getName();
	}

	@Test
	void whatWasBegunAShortWhileAgoIsNotBegunAgain() {
		LettucePace pace = new LettucePace(TimeUnit.HOURS.toNanos(1));
		CompletableFuture<Void> end = new CompletableFuture<>();
		CompletableFuture<?> done = pace.run(() -> {
			this.attempts.incrementAndGet();
			return end;
		});
		assertThat(pace.run(CompletableFuture::new)).isSameAs(done).isNotDone();
		end.completeExceptionally(new IllegalStateException("down"));
		assertThat(done).isCompletedWithValue(null);
		assertThat(pace.run(CompletableFuture::new)).isSameAs(done);
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void whatCannotBeBegunIsOver() {
		LettucePace pace = new LettucePace(0);
		assertThat(pace.run(() -> {
			throw new IllegalStateException("stopped");
		})).isCompletedWithValue(null);
		CompletableFuture<Void> end = new CompletableFuture<>();
		assertThat(pace.run(() -> end)).isNotDone();
	}

}
