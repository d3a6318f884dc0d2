package io.github.redislua.execute;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.protocol.ProtocolKeyword;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Sends commands through Lettuce, on the connection that Spring Data Redis shares among
 * threads, without the objects that it makes for each call.
 */
final class LettuceTransport implements ScriptTransport {

	private static final ProtocolKeyword[] TYPES = Arrays.stream(EvalCommand.values())
		.map((command) -> LettuceCommand.typeOf(command.name()))
		.toArray(ProtocolKeyword[]::new);

	private final LettuceConnectionFactory factory;

	private final long defaultTimeout;

	private volatile @Nullable Channel shared;

	LettuceTransport(LettuceConnectionFactory factory) {
		this.factory = factory;
		this.defaultTimeout = factory.getClientConfiguration().getCommandTimeout().toNanos();
	}

	@Override
	public @Nullable Object send(ScriptCall call) {
		return send(channel(), call);
	}

	private @Nullable Object send(Channel channel, ScriptCall call) {
		Duration timeout = call.options().timeout();
		LettuceCommand command = new LettuceCommand(TYPES[call.command().ordinal()], call.head(), call.values(), 0,
				call.keyCount(), timeout != null, call.options().idempotent());
		try {
			return channel.send(command, call.options().idempotent(), nanos(timeout));
		}
		catch (RuntimeException ex) {
			throw translate(ex);
		}
		finally {
			channel.release();
		}
	}

	@Override
	public List<@Nullable Object> pipeline(@Nullable Duration timeout, List<byte[][]> commands) {
		List<LettuceCommand> sent = new ArrayList<>(commands.size());
		for (byte[][] arguments : commands) {
			String name = new String(arguments[0], StandardCharsets.US_ASCII);
			byte[] head = Resp.head(arguments.length, arguments[0]);
			sent.add(new LettuceCommand(LettuceCommand.typeOf(name), head, arguments, 1, 0, timeout != null, false));
		}
		Channel channel = channel();
		try {
			return channel.sendAll(sent, nanos(timeout));
		}
		catch (RuntimeException ex) {
			throw translate(ex);
		}
		finally {
			channel.release();
		}
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, ScriptCall call) {
		StatefulConnection<byte[], byte[]> bound = nativeConnection((LettuceConnection) connection);
		return send(new Channel(bound, () -> {
		}), call);
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call) {
		byte[][] command = call.toArguments();
		byte[][] arguments = Arrays.copyOfRange(command, 1, command.length);
		((LettuceConnection) connection).execute(call.command().name(), new LettuceReplyOutput.Deferred(), arguments);
	}

	@Override
	public String node() {
		RedisSentinelConfiguration sentinel = this.factory.getSentinelConfiguration();
		RedisSocketConfiguration socket = this.factory.getSocketConfiguration();
		if (sentinel != null) {
			return Nodes.master(sentinel);
		}
		return (socket != null) ? socket.getSocket() : this.factory.getHostName() + ":" + this.factory.getPort();
	}

	@Override
	public boolean isAsynchronous() {
		return true;
	}

	private long nanos(@Nullable Duration timeout) {
		return (timeout != null) ? timeout.toNanos() : this.defaultTimeout;
	}

	private RuntimeException translate(RuntimeException ex) {
		RuntimeException translated = this.factory.translateExceptionIfPossible(ex);
		return (translated != null) ? translated : new RedisSystemException(String.valueOf(ex.getMessage()), ex);
	}

	private Channel channel() {
		Channel channel = this.shared;
		return (channel != null && channel.connection.isOpen()) ? channel : acquire();
	}

	// Slow path: the first call, a connection that is down, or one closed with its
	// factory.
	private Channel acquire() {
		LettuceConnection connection = (LettuceConnection) this.factory.getConnection();
		if (!this.factory.getShareNativeConnection()) {
			return new Channel(nativeConnection(connection), connection::close);
		}
		try {
			StatefulConnection<byte[], byte[]> nativeConnection = nativeConnection(connection);
			synchronized (this) {
				Channel channel = this.shared;
				if (channel == null || channel.connection != nativeConnection) {
					channel = new Channel(nativeConnection, null);
					this.shared = channel;
				}
				return channel;
			}
		}
		finally {
			connection.close();
		}
	}

	@SuppressWarnings({ "deprecation", "unchecked" }) // there is no other way from the
														// commands to their
	// connection
	private static StatefulConnection<byte[], byte[]> nativeConnection(LettuceConnection connection) {
		Object commands = connection.getNativeConnection();
		if (commands instanceof RedisAsyncCommands<?, ?>) {
			return ((RedisAsyncCommands<byte[], byte[]>) commands).getStatefulConnection();
		}
		return ((RedisAdvancedClusterAsyncCommands<byte[], byte[]>) commands).getStatefulConnection();
	}

	/**
	 * A connection with the commands that are under way on it.
	 */
	private static final class Channel implements RedisConnectionStateListener {

		private final StatefulConnection<byte[], byte[]> connection;

		private final @Nullable Runnable release;

		// Only what must not be sent again.
		private final Set<LettuceCommand> inFlight = ConcurrentHashMap.newKeySet();

		Channel(StatefulConnection<byte[], byte[]> connection, @Nullable Runnable release) {
			this.connection = connection;
			this.release = release;
			connection.addListener(this);
		}

		@Nullable Object send(LettuceCommand command, boolean idempotent, long timeout) {
			if (idempotent) {
				this.connection.dispatch(command);
				return await(command, timeout);
			}
			this.inFlight.add(command);
			try {
				this.connection.dispatch(command);
				return await(command, timeout);
			}
			finally {
				this.inFlight.remove(command);
			}
		}

		List<@Nullable Object> sendAll(List<LettuceCommand> commands, long timeout) {
			this.inFlight.addAll(commands);
			try {
				this.connection.dispatch(commands);
				List<@Nullable Object> replies = new ArrayList<>(commands.size());
				for (LettuceCommand command : commands) {
					replies.add(await(command, timeout));
				}
				return replies;
			}
			finally {
				commands.forEach((command) -> command.cancel(false));
				commands.forEach(this.inFlight::remove);
			}
		}

		private static @Nullable Object await(LettuceCommand command, long timeout) {
			try {
				return (timeout > 0) ? command.get(timeout, TimeUnit.NANOSECONDS) : command.get();
			}
			catch (TimeoutException ex) {
				// A command that is still in the queue is not sent any more.
				command.cancel(false);
				if (!command.isSent()) {
					throw new RedisConnectionException("No connection to Redis within " + Duration.ofNanos(timeout)
							+ "; " + command.getType() + " was not sent");
				}
				throw new RedisCommandTimeoutException("No reply to " + command.getType() + " within "
						+ Duration.ofNanos(timeout) + "; whether the script ran is unknown");
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
			this.inFlight.forEach(LettuceCommand::connectionLost);
		}

		void release() {
			if (this.release != null) {
				this.connection.removeListener(this);
				this.release.run();
			}
		}

	}

}
