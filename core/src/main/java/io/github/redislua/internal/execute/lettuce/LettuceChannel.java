package io.github.redislua.internal.execute.lettuce;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection with the commands that are under way on it.
 */
final class LettuceChannel implements RedisConnectionStateListener {

	private final StatefulConnection<byte[], byte[]> connection;

	private final boolean clusterNode;

	private final @Nullable Runnable release;

	// Only what must not be sent again.
	private final Set<LettuceCommand> inFlight = ConcurrentHashMap.newKeySet();

	/**
	 * Create a new channel.
	 * @param connection the connection
	 * @param clusterNode whether it goes to one node of a cluster: what cannot be sent to
	 * it is not kept until it is back, because another node may take its place
	 * @param release what to do with the connection after use, {@code null} if it is
	 * shared
	 */
	LettuceChannel(StatefulConnection<byte[], byte[]> connection, boolean clusterNode, @Nullable Runnable release) {
		this.connection = connection;
		this.clusterNode = clusterNode;
		this.release = release;
		connection.addListener(this);
	}

	StatefulConnection<byte[], byte[]> connection() {
		return this.connection;
	}

	boolean isOpen() {
		return this.connection.isOpen();
	}

	@Nullable Object send(LettuceCommand command, boolean idempotent, long timeout) {
		if (idempotent && !this.clusterNode) {
			this.connection.dispatch(command);
			return await(command, timeout);
		}
		this.inFlight.add(command);
		try {
			dispatch(command);
			return await(command, timeout);
		}
		finally {
			this.inFlight.remove(command);
		}
	}

	/**
	 * Sends commands and waits.
	 * @param commands the commands
	 * @param timeout nanoseconds for each reply, 0 for no limit
	 * @return the replies, exceptions in place of those that did not come
	 */
	List<@Nullable Object> sendAll(List<LettuceCommand> commands, long timeout) {
		this.inFlight.addAll(commands);
		try {
			dispatch(commands);
			List<@Nullable Object> replies = new ArrayList<>(commands.size());
			for (LettuceCommand command : commands) {
				try {
					replies.add(await(command, timeout));
				}
				catch (RuntimeException ex) {
					replies.add(ex);
				}
			}
			return replies;
		}
		finally {
			commands.forEach((command) -> command.cancel(false));
			commands.forEach(this.inFlight::remove);
		}
	}

	/**
	 * Sends a command without waiting.
	 * @param command the command, which completes within the timeout
	 * @param timeout nanoseconds, 0 for no limit
	 */
	void submit(LettuceCommand command, long timeout) {
		this.inFlight.add(command);
		limit(List.of(command), timeout);
		command.whenComplete((reply, ex) -> this.inFlight.remove(command));
		dispatch(command);
	}

	/**
	 * Sends commands without waiting.
	 * @param commands the commands, which complete within the timeout
	 * @param timeout nanoseconds, 0 for no limit
	 * @return completes when all commands have, never exceptionally
	 */
	CompletableFuture<Void> submitAll(List<LettuceCommand> commands, long timeout) {
		this.inFlight.addAll(commands);
		limit(commands, timeout);
		CompletableFuture<Void> all = CompletableFuture.allOf(commands.toArray(CompletableFuture<?>[]::new))
			.handle((none, ex) -> {
				commands.forEach(this.inFlight::remove);
				return null;
			});
		dispatch(commands);
		return all;
	}

	private void limit(List<LettuceCommand> commands, long timeout) {
		if (timeout <= 0) {
			return;
		}
		LettuceCommand last = commands.get(commands.size() - 1);
		Timeout limit = this.connection.getResources()
			.timer()
			.newTimeout((expired) -> commands.forEach((command) -> command.expire(timeout)), timeout,
					TimeUnit.NANOSECONDS);
		last.whenComplete((reply, ex) -> limit.cancel());
	}

	private void dispatch(LettuceCommand command) {
		if (this.clusterNode && !isOpen()) {
			command.giveUp();
			return;
		}
		this.connection.dispatch(command);
		if (this.clusterNode && !isOpen()) {
			command.giveUp();
		}
	}

	private void dispatch(List<LettuceCommand> commands) {
		if (this.clusterNode && !isOpen()) {
			commands.forEach(LettuceCommand::giveUp);
			return;
		}
		this.connection.dispatch(commands);
		if (this.clusterNode && !isOpen()) {
			commands.forEach(LettuceCommand::giveUp);
		}
	}

	private static @Nullable Object await(LettuceCommand command, long timeout) {
		try {
			return (timeout > 0) ? command.get(timeout, TimeUnit.NANOSECONDS) : command.get();
		}
		catch (TimeoutException ex) {
			throw command.expire(timeout);
		}
		catch (InterruptedException ex) {
			command.cancel(false);
			Thread.currentThread().interrupt();
			throw new RedisCommandInterruptedException(ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause
					: new RedisConnectionException(String.valueOf(ex.getCause()), ex.getCause());
		}
	}

	// Runs before Lettuce reconnects and sends again what has no reply.
	@Override
	public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
		for (LettuceCommand command : this.inFlight) {
			command.connectionLost();
			if (this.clusterNode) {
				command.giveUp();
			}
		}
	}

	void release() {
		if (this.release != null) {
			this.connection.removeListener(this);
			this.release.run();
		}
	}

}
