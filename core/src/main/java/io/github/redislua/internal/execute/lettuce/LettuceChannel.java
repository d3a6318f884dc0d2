package io.github.redislua.internal.execute.lettuce;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.protocol.CommandType;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.Resp;

/**
 * A connection with the commands that are under way on it.
 */
final class LettuceChannel implements RedisConnectionStateListener {

	private static final byte[][] NOTHING = {};

	private static final byte[] PING = Resp.head(1, Resp.ascii("PING"));

	private final StatefulConnection<byte[], byte[]> connection;

	private final LettuceAccess access;

	private final boolean clusterNode;

	private final @Nullable Runnable release;

	// Only what must not be sent again.
	private final Set<LettuceCommand> inFlight = ConcurrentHashMap.newKeySet();

	private volatile boolean retired;

	/**
	 * Create a new channel.
	 * @param connection the connection
	 * @param access the way to what Lettuce keeps to itself
	 * @param clusterNode whether it goes to one node of a cluster: what cannot be sent to
	 * it is not kept until it is back, because another node may take its place
	 * @param release what to do with the connection after use, {@code null} if it is
	 * shared
	 */
	LettuceChannel(StatefulConnection<byte[], byte[]> connection, LettuceAccess access, boolean clusterNode,
			@Nullable Runnable release) {
		this.connection = connection;
		this.access = access;
		this.clusterNode = clusterNode;
		this.release = release;
		connection.addListener(this);
		if (release == null) {
			guard(false);
		}
	}

	StatefulConnection<byte[], byte[]> connection() {
		return this.connection;
	}

	/**
	 * Whether commands can be sent on the connection, at once or when Lettuce has
	 * reconnected it.
	 * @return {@code true} if so
	 */
	boolean isUsable() {
		if (this.retired) {
			return false;
		}
		return this.connection.isOpen()
				|| !this.clusterNode && !((RedisChannelHandler<?, ?>) this.connection).isClosed();
	}

	boolean isShared() {
		return this.release == null;
	}

	boolean isRetired() {
		return this.retired;
	}

	/**
	 * Takes no more commands, and waits for the replies to those that are under way.
	 * @param nanos how long to wait at most
	 */
	void retire(long nanos) {
		this.retired = true;
		long until = System.nanoTime() + nanos;
		while (!this.inFlight.isEmpty() && until - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

	/**
	 * Sends a command and waits.
	 * @param command the command
	 * @param until when to stop, as {@link System#nanoTime()} counts
	 * @return the reply
	 * @throws CallFailure if there is none
	 */
	@Nullable Object send(LettuceCommand command, long until) {
		long left = until - System.nanoTime();
		if (left > 0) {
			submit(command);
		}
		return await(command, left);
	}

	/**
	 * Sends commands and waits.
	 * @param commands the commands
	 * @param until when to stop, as above
	 * @return the replies, failures in place of those that did not come
	 */
	List<@Nullable Object> sendAll(List<LettuceCommand> commands, long until) {
		if (until - System.nanoTime() > 0) {
			submit(commands);
		}
		List<@Nullable Object> replies = new ArrayList<>(commands.size());
		for (LettuceCommand command : commands) {
			try {
				replies.add(await(command, until - System.nanoTime()));
			}
			catch (CallFailure ex) {
				replies.add(ex);
			}
		}
		return replies;
	}

	/**
	 * Sends a command without waiting.
	 * @param command the command
	 */
	void submit(LettuceCommand command) {
		track(command);
		if (isGone()) {
			command.giveUp(null);
			return;
		}
		this.connection.dispatch(command);
		if (isGone()) {
			command.giveUp(null);
		}
	}

	/**
	 * Sends commands without waiting.
	 * @param commands the commands
	 */
	void submit(List<LettuceCommand> commands) {
		commands.forEach(this::track);
		if (isGone()) {
			commands.forEach((command) -> command.giveUp(null));
			return;
		}
		if (commands.stream().anyMatch((command) -> command.getType() == CommandType.ASKING)) {
			submitTogether(commands);
		}
		else {
			this.connection.dispatch(commands);
		}
		if (isGone()) {
			commands.forEach((command) -> command.giveUp(null));
		}
	}

	// ASKING is for the very next command on the connection, which others share. Lettuce
	// writes one command after the other, and other threads' come between; but not when
	// it is told to on the thread that writes.
	private void submitTogether(List<LettuceCommand> commands) {
		Channel channel = channel();
		if (channel == null) {
			submitAfterReply(commands);
			return;
		}
		try {
			channel.eventLoop().execute(() -> {
				if (channel.isActive()) {
					this.connection.dispatch(commands);
				}
				else {
					commands.forEach((command) -> command.giveUp(null));
				}
			});
		}
		catch (RejectedExecutionException ex) {
			commands.forEach((command) -> command.giveUp(ex));
		}
	}

	// A reply comes in on that thread, even if it says that the command is not allowed.
	private void submitAfterReply(List<LettuceCommand> commands) {
		LettuceCommand ping = new LettuceCommand(commands.get(0).failures(), CommandType.PING, PING, NOTHING, 0, 0, -1,
				false);
		track(ping);
		ping.whenComplete((reply, ex) -> {
			if (ex != null) {
				commands.forEach((command) -> command.giveUp(ex));
			}
			else {
				this.connection.dispatch(commands);
			}
		});
		this.connection.dispatch(ping);
		if (isGone()) {
			ping.giveUp(null);
		}
	}

	private boolean isGone() {
		return this.clusterNode && !this.connection.isOpen();
	}

	private void track(LettuceCommand command) {
		if (this.clusterNode || !command.isRepeatable()) {
			command.on(this);
			this.inFlight.add(command);
		}
	}

	/**
	 * Forgets a command that has come to its end.
	 * @param command the command
	 */
	void ended(LettuceCommand command) {
		this.inFlight.remove(command);
	}

	private static @Nullable Object await(LettuceCommand command, long nanos) {
		try {
			return command.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			command.expire();
		}
		catch (InterruptedException ex) {
			command.interrupt(ex);
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw command.failures().ended(ex.getCause(), true);
		}
		try {
			// The reply may have come just now.
			return command.join();
		}
		catch (CompletionException ex) {
			throw command.failures().ended(ex.getCause(), true);
		}
	}

	// Runs before Lettuce reconnects and sends again what has no reply.
	@Override
	public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
		for (LettuceCommand command : this.inFlight) {
			command.connectionLost();
			if (this.clusterNode) {
				command.giveUp(null);
			}
		}
	}

	@Override
	public void onRedisConnected(RedisChannelHandler<?, ?> connected, SocketAddress address) {
		if (this.release == null) {
			guard(true);
		}
	}

	// Others would lose their replies with the connection.
	private void guard(boolean anew) {
		Channel channel = channel();
		if (channel == null) {
			return;
		}
		if (channel.eventLoop().inEventLoop()) {
			install(channel, anew);
		}
		else {
			channel.eventLoop().execute(() -> install(channel, anew));
		}
	}

	private @Nullable Channel channel() {
		return this.access.channel(((RedisChannelHandler<?, ?>) this.connection).getChannelWriter());
	}

	private static void install(Channel channel, boolean anew) {
		if (!LettuceDepthGuard.install(channel, anew)) {
			channel.eventLoop().schedule(() -> install(channel, false), 1, TimeUnit.MILLISECONDS);
		}
	}

	void release() {
		if (this.release != null) {
			this.connection.removeListener(this);
			this.release.run();
		}
	}

}
