package io.github.redislua.internal.execute.jedis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.Connection;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * The server, by the connection objects of Spring Data Redis, where the pool cannot be
 * reached: one round trip for each command, and another thread, because such a call may
 * take longer than its caller has.
 */
final class JedisOrdinaryNode extends ScriptNode {

	private static final Executor EXECUTOR = executor();

	private final JedisConnectionFactory factory;

	private final JedisFailures failures;

	JedisOrdinaryNode(String name, JedisConnectionFactory factory) {
		super(name);
		this.factory = factory;
		this.failures = new JedisFailures(factory, name);
	}

	@Override
	public @Nullable Object send(ScriptCall call, long until) {
		Object reply = sendAll(List.<byte[][]>of(call.toArguments()), until).get(0);
		if (reply instanceof RuntimeException ex) {
			throw ex;
		}
		return reply;
	}

	@Override
	public List<@Nullable Object> sendAll(List<byte[][]> commands, long until) {
		// Of the two who may take it, one does: the thread that sends, or the caller who
		// gives up.
		AtomicBoolean begun = new AtomicBoolean();
		CompletableFuture<List<@Nullable Object>> replies = new CompletableFuture<>();
		EXECUTOR.execute(() -> run(commands, until, begun, replies));
		try {
			return replies.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw begun.compareAndSet(false, true) ? CallFailure.notSent("no connection to " + name() + " in time", ex)
					: CallFailure.timedOut("no reply from " + name() + " in time", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw begun.compareAndSet(false, true)
					? CallFailure.notSent("interrupted while waiting for a connection to " + name(), ex)
					: CallFailure.interrupted("interrupted while waiting for the reply of " + name(), ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException runtime) ? runtime
					: new IllegalStateException(ex.getCause());
		}
	}

	private void run(List<byte[][]> commands, long until, AtomicBoolean begun,
			CompletableFuture<List<@Nullable Object>> replies) {
		if (begun.get()) {
			return;
		}
		RedisConnection connection;
		try {
			connection = this.factory.getConnection();
		}
		catch (RuntimeException ex) {
			replies.completeExceptionally(CallFailure.notSent(
					"no connection to " + name() + ": " + NestedExceptionUtils.getMostSpecificCause(ex).getMessage(),
					ex));
			return;
		}
		try {
			if (until - System.nanoTime() > 0 && begun.compareAndSet(false, true)) {
				replies.complete(execute(connection, commands, until));
			}
		}
		catch (Throwable ex) {
			replies.completeExceptionally(ex);
		}
		finally {
			connection.close();
		}
	}

	private List<@Nullable Object> execute(RedisConnection connection, List<byte[][]> commands, long until) {
		Connection held = JedisTransport.held(connection);
		if (held != null) {
			List<@Nullable Object> replies = JedisExchange.exchangeAll(held, commands, until);
			replies.replaceAll(
					(reply) -> (reply instanceof RuntimeException ex) ? this.failures.afterSending(ex, until) : reply);
			return replies;
		}
		List<@Nullable Object> replies = new ArrayList<>(commands.size());
		for (byte[][] command : commands) {
			try {
				replies.add(JedisTransport.execute(connection, command));
			}
			catch (RuntimeException ex) {
				RuntimeException failure = this.failures.afterSending(ex, until);
				while (replies.size() < commands.size()) {
					replies.add(failure);
				}
				break;
			}
		}
		return replies;
	}

	private static Executor executor() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(16, 16, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				JedisThreads.named("redis-lua-connect"));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

}
