package io.github.redislua.internal.execute.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;

import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;

/**
 * The server at the other end of a connection that is bound to the thread.
 */
final class BoundConnectionNode extends ScriptNode {

	private final ScriptTransport transport;

	private final RedisConnection connection;

	private final @Nullable ScriptNode server;

	/**
	 * Create a new node.
	 * @param transport the servers
	 * @param connection the connection
	 * @param server the server for calls on other threads, {@code null} if it is not
	 * known
	 */
	BoundConnectionNode(ScriptTransport transport, RedisConnection connection, @Nullable ScriptNode server) {
		super((server != null) ? server.name() : "the bound connection");
		this.transport = transport;
		this.connection = connection;
		this.server = server;
	}

	// Between WATCH and MULTI the fewer commands the better.
	@Override
	public boolean isHealedWithSource(ScriptCall call) {
		return true;
	}

	@Override
	public @Nullable Object send(ScriptCall call, long until) {
		return this.transport.sendBound(this.connection, call.toArguments(), until);
	}

	@Override
	public List<@Nullable Object> sendAll(List<byte[][]> commands, long until) {
		List<@Nullable Object> replies = new ArrayList<>(commands.size());
		for (byte[][] command : commands) {
			replies.add(this.transport.sendBound(this.connection, command, until));
		}
		return replies;
	}

	@Override
	public CompletableFuture<@Nullable Void> reconnect() {
		return (this.server != null) ? this.server.reconnect() : super.reconnect();
	}

}
