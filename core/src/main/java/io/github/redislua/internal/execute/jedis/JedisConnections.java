package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import redis.clients.jedis.util.Pool;

import io.github.redislua.internal.execute.call.CallFailure;

/**
 * Lends the connections to a server, each within the time that its caller has. One that
 * lies idle in the pool is taken at once. One that has to be made may cost the client's
 * timeout for connecting, and another one for each step of the handshake: that happens on
 * a few other threads for all callers together, while they wait. A connection that comes
 * when nobody waits any more goes into the pool.
 */
final class JedisConnections {

	/**
	 * How many connections are made at a time.
	 */
	private static final int ATTEMPTS = 16;

	/**
	 * How long after a failure no caller waits in the pool itself.
	 */
	private static final long WARY = TimeUnit.SECONDS.toNanos(2);

	private final String name;

	private final JedisSource source;

	private final Function<RuntimeException, RuntimeException> translation;

	// Who takes a connection while others do must not be the one to make a new one.
	private final AtomicInteger taking = new AtomicInteger();

	private final Lock lock = new ReentrantLock();

	private final Deque<Waiter> waiters = new ArrayDeque<>();

	private volatile int waiting;

	private int attempts;

	private volatile boolean wary;

	private volatile long waryUntil;

	JedisConnections(String name, JedisSource source, Function<RuntimeException, RuntimeException> translation) {
		this.name = name;
		this.source = source;
		this.translation = translation;
	}

	/**
	 * Lends a connection.
	 * @param until when to stop waiting, as {@link System#nanoTime()} counts
	 * @return the connection
	 * @throws CallFailure if there is none in time
	 */
	Closeable borrow(long until) {
		Pool<?> pool = this.source.pool();
		// A pool that tests connections waits for the answers.
		if (pool != null && !pool.isClosed() && !pool.getTestOnBorrow()) {
			Closeable taken = takeIdle(pool);
			if (taken != null) {
				return taken;
			}
			// Where connections break, a place in the pool may become free just now, and
			// this thread would be the one to fill it.
			if (isExhausted(pool) && !isWary() && this.source.canWait(pool)) {
				return take(pool, until);
			}
		}
		return await(pool, until);
	}

	/**
	 * Hands a connection over to a caller that waits.
	 * @param lease the connection
	 * @return {@code false} if nobody waits, so that it belongs into the pool
	 */
	boolean handOver(Closeable lease) {
		if (this.waiting == 0) {
			return false;
		}
		Waiter waiter;
		this.lock.lock();
		try {
			waiter = this.waiters.poll();
			this.waiting = this.waiters.size();
		}
		finally {
			this.lock.unlock();
		}
		return waiter != null && waiter.complete(lease);
	}

	/**
	 * Notes that a connection broke, or that none could be made.
	 */
	void failed() {
		this.waryUntil = System.nanoTime() + WARY;
		this.wary = true;
	}

	private boolean isWary() {
		if (!this.wary) {
			return false;
		}
		if (System.nanoTime() - this.waryUntil < 0) {
			return true;
		}
		this.wary = false;
		return false;
	}

	private @Nullable Closeable takeIdle(Pool<?> pool) {
		int ahead = this.taking.incrementAndGet();
		try {
			return (pool.getNumIdle() >= ahead) ? take(pool, Duration.ZERO) : null;
		}
		catch (NoSuchElementException ex) {
			// Somebody else has taken it.
			return null;
		}
		finally {
			this.taking.decrementAndGet();
		}
	}

	private Closeable take(Pool<?> pool, long until) {
		Duration left = Duration.ofMillis(JedisExchange.millis(until));
		Duration limit = pool.getMaxWaitDuration();
		try {
			return take(pool, (!limit.isNegative() && limit.compareTo(left) < 0) ? limit : left);
		}
		catch (NoSuchElementException ex) {
			throw timedOut(pool, ex);
		}
	}

	private Closeable take(Pool<?> pool, Duration wait) {
		try {
			return this.source.take(pool, wait);
		}
		catch (NoSuchElementException ex) {
			throw ex;
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		catch (Exception ex) {
			throw failure(ex);
		}
	}

	private static boolean isExhausted(Pool<?> pool) {
		int most = pool.getMaxTotal();
		return most >= 0 && pool.getNumActive() + pool.getNumIdle() >= most;
	}

	private Closeable await(@Nullable Pool<?> pool, long until) {
		// Not later: the connection that is made for this caller is in use as well.
		long limit = limit(pool, until);
		Waiter waiter = new Waiter();
		this.lock.lock();
		try {
			this.waiters.add(waiter);
			start();
			this.waiting = this.waiters.size();
		}
		finally {
			this.lock.unlock();
		}
		try {
			return waiter.get(limit, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return late(waiter, timedOut(pool, null));
		}
		catch (InterruptedException ex) {
			return late(waiter, interrupted(ex));
		}
		catch (ExecutionException ex) {
			throw failure((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	// The pool's own limit counts where it has no connection to give.
	private static long limit(@Nullable Pool<?> pool, long until) {
		long left = Math.max(0, until - System.nanoTime());
		if (pool == null || !isExhausted(pool)) {
			return left;
		}
		long limit = pool.getMaxWaitDuration().toNanos();
		return (limit >= 0 && limit < left) ? limit : left;
	}

	// Nothing may be sent any more, even if the connection came at the very moment.
	private Closeable late(Waiter waiter, CallFailure failure) {
		boolean waited;
		this.lock.lock();
		try {
			waited = this.waiters.remove(waiter);
			this.waiting = this.waiters.size();
		}
		finally {
			this.lock.unlock();
		}
		if (!waited) {
			waiter.whenComplete((lease, ex) -> {
				if (lease != null) {
					JedisDisposal.inBackground(lease);
				}
			});
		}
		throw failure;
	}

	// With the lock.
	private void start() {
		if (this.attempts < Math.min(ATTEMPTS, this.waiters.size())) {
			JedisThreads.connect(this::attempt);
			this.attempts++;
		}
	}

	private void attempt() {
		boolean more = true;
		while (more) {
			long began = System.nanoTime();
			Closeable lease = null;
			Throwable failure = null;
			try {
				lease = this.source.open();
			}
			catch (Throwable ex) {
				failure = ex;
			}
			more = (lease != null) ? deliver(lease) : fail(began, failure);
		}
	}

	private boolean deliver(Closeable lease) {
		Waiter waiter;
		boolean more;
		this.lock.lock();
		try {
			waiter = this.waiters.poll();
			more = goOn();
		}
		finally {
			this.lock.unlock();
		}
		if (waiter != null) {
			waiter.complete(lease);
		}
		else {
			JedisDisposal.inBackground(lease);
		}
		return more;
	}

	private boolean fail(long began, @Nullable Throwable failure) {
		if (!isExhaustion(failure)) {
			failed();
		}
		Throwable cause = (failure != null) ? failure : new IllegalStateException("No connection");
		Deque<Waiter> failed = new ArrayDeque<>();
		boolean more;
		this.lock.lock();
		try {
			this.waiters.removeIf((waiter) -> waiter.since - began <= 0 && failed.add(waiter));
			more = goOn();
		}
		finally {
			this.lock.unlock();
		}
		failed.forEach((waiter) -> waiter.completeExceptionally(cause));
		return more;
	}

	// With the lock.
	private boolean goOn() {
		this.waiting = this.waiters.size();
		if (this.attempts <= this.waiters.size()) {
			return true;
		}
		this.attempts--;
		return false;
	}

	private static boolean isExhaustion(@Nullable Throwable ex) {
		return ex != null && NestedExceptionUtils.getMostSpecificCause(ex) instanceof NoSuchElementException;
	}

	private CallFailure timedOut(@Nullable Pool<?> pool, @Nullable Exception cause) {
		if (pool != null && isExhausted(pool)) {
			return CallFailure.refused("no connection to " + this.name + " was free in time: all " + pool.getMaxTotal()
					+ " of the pool are in use", cause);
		}
		return CallFailure.notSent("no connection to " + this.name + " in time", cause);
	}

	private CallFailure interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return CallFailure.notSent("interrupted while waiting for a connection to " + this.name, ex);
	}

	private CallFailure failure(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		Pool<?> pool = this.source.pool();
		if (isExhaustion(ex) && pool != null) {
			return timedOut(pool, (Exception) ex);
		}
		String reason = NestedExceptionUtils.getMostSpecificCause(ex).getMessage();
		return CallFailure.notSent("no connection to " + this.name + ((reason != null) ? ": " + reason : ""),
				(ex instanceof RuntimeException runtime) ? this.translation.apply(runtime) : ex);
	}

	/**
	 * A caller that waits.
	 */
	private static final class Waiter extends CompletableFuture<Closeable> {

		private final long since = System.nanoTime();

	}

}
