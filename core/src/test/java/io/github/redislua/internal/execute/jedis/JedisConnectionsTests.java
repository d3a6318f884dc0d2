package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.Pool;

import io.github.redislua.internal.execute.call.CallFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Waiting for a connection, with a pool whose connections lead nowhere.
 */
class JedisConnectionsTests {

	private static final Duration SOON = Duration.ofSeconds(2);

	private final CountDownLatch thawed = new CountDownLatch(1);

	private final Set<Thread> makers = ConcurrentHashMap.newKeySet();

	private final AtomicInteger made = new AtomicInteger();

	private volatile boolean frozen;

	private volatile boolean refused;

	private final GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();

	private ConnectionPool pool;

	@AfterEach
	void close() {
		this.thawed.countDown();
		if (this.pool != null) {
			this.pool.close();
		}
	}

	@Test
	void anIdleConnectionIsTakenOnTheCallersThreadWithoutMakingOne() throws Exception {
		JedisConnections connections = connections(8);
		connections.borrow(in(SOON)).close();
		assertThat(this.makers).isNotEmpty().doesNotContain(Thread.currentThread());
		this.frozen = true;
		for (int i = 0; i < 10; i++) {
			connections.borrow(in(SOON)).close();
		}
		assertThat(this.made).hasValue(1);
	}

	@Test
	void whileAConnectionIsMadeForEverACallerWaitsForItsTimeOnlyAndItsConnectionGoesIntoThePool() {
		JedisConnections connections = connections(8);
		this.frozen = true;
		long start = System.nanoTime();
		assertThatExceptionOfType(CallFailure.class).isThrownBy(() -> connections.borrow(in(Duration.ofMillis(50))))
			.withMessage("no connection to here in time")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(CallFailure.Kind.NOT_SENT));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
		this.thawed.countDown();
		assertThat(eventually(() -> this.pool.getNumIdle() == 1)).isTrue();
		assertThat(this.pool.getNumActive()).isZero();
	}

	@Test
	void manyCallersWaitOnFewThreads() {
		JedisConnections connections = connections(100);
		this.frozen = true;
		List<CompletableFuture<Void>> callers = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			callers.add(CompletableFuture.runAsync(
					() -> assertThatExceptionOfType(CallFailure.class)
						.isThrownBy(() -> connections.borrow(in(Duration.ofMillis(100)))),
					(task) -> new Thread(task).start()));
		}
		assertThat(CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new)))
			.succeedsWithin(Duration.ofSeconds(5));
		assertThat(this.makers).hasSizeBetween(1, 16);
	}

	@Test
	void aConnectionThatIsGivenBackGoesToWhoWaitsForOneThatIsBeingMade() throws Exception {
		JedisConnections connections = connections(8);
		Closeable lent = connections.borrow(in(SOON));
		this.frozen = true;
		CompletableFuture<Closeable> waiting = CompletableFuture
			.supplyAsync(() -> connections.borrow(in(Duration.ofSeconds(5))));
		assertThat(eventually(() -> connections.handOver(lent))).isTrue();
		assertThat(waiting.get(5, TimeUnit.SECONDS)).isSameAs(lent);
	}

	@Test
	void aPoolWithoutAFreeConnectionIsNamedWithItsSize() {
		JedisConnections connections = connections(2);
		connections.borrow(in(SOON));
		connections.borrow(in(SOON));
		assertThatExceptionOfType(CallFailure.class).isThrownBy(() -> connections.borrow(in(Duration.ofMillis(20))))
			.withMessage("no connection to here was free in time: all 2 of the pool are in use")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(CallFailure.Kind.NOT_SENT));
		connections.failed();
		assertThatExceptionOfType(CallFailure.class).isThrownBy(() -> connections.borrow(in(Duration.ofMillis(20))))
			.withMessage("no connection to here was free in time: all 2 of the pool are in use");
	}

	@Test
	void aServerThatRefusesFailsTheCallerAtOnce() {
		JedisConnections connections = connections(8);
		this.refused = true;
		assertThatExceptionOfType(CallFailure.class).isThrownBy(() -> connections.borrow(in(Duration.ofMinutes(1))))
			.withMessage("no connection to here: refused")
			.withCauseInstanceOf(JedisConnectionException.class)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(CallFailure.Kind.NOT_SENT));
		this.refused = false;
		assertThat(connections.borrow(in(SOON))).isNotNull();
	}

	@Test
	void anInterruptionWhileWaitingMeansThatNothingWasSent() {
		JedisConnections connections = connections(1);
		connections.borrow(in(SOON));
		for (int round = 0; round < 2; round++) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(CallFailure.class).isThrownBy(() -> connections.borrow(in(SOON)))
				.withMessage("interrupted while waiting for a connection to here")
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(CallFailure.Kind.NOT_SENT));
			assertThat(Thread.interrupted()).isTrue();
			connections.failed();
		}
	}

	private JedisConnections connections(int most) {
		this.config.setMaxTotal(most);
		this.pool = new ConnectionPool(new Factory(), this.config);
		return new JedisConnections("here", new Source(), (ex) -> ex);
	}

	private static long in(Duration time) {
		return System.nanoTime() + time.toNanos();
	}

	private static boolean eventually(java.util.function.BooleanSupplier condition) {
		for (int i = 0; i < 500; i++) {
			if (condition.getAsBoolean()) {
				return true;
			}
			try {
				Thread.sleep(10);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return false;
	}

	private final class Source implements JedisSource {

		@Override
		public Pool<?> pool() {
			return JedisConnectionsTests.this.pool;
		}

		@Override
		public Closeable open() {
			return JedisConnectionsTests.this.pool.getResource();
		}

	}

	private final class Factory extends BasePooledObjectFactory<Connection> {

		@Override
		public Connection create() throws InterruptedException {
			JedisConnectionsTests.this.makers.add(Thread.currentThread());
			if (JedisConnectionsTests.this.refused) {
				throw new JedisConnectionException("refused");
			}
			if (JedisConnectionsTests.this.frozen) {
				JedisConnectionsTests.this.thawed.await();
			}
			JedisConnectionsTests.this.made.incrementAndGet();
			return new Connection();
		}

		@Override
		public PooledObject<Connection> wrap(Connection connection) {
			return new DefaultPooledObject<>(connection);
		}

	}

}
