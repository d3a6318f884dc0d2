package io.github.redislua.internal.execute.policy;

import java.time.Duration;
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

	BoundConnectionNode(ScriptTransport transport, RedisConnection connection) {
		super("the bound connection");
		this.transport = transport;
		this.connection = connection;
	}

	// Between WATCH and MULTI the fewer commands the better.
	@Override
	public boolean isHealedWithSource(ScriptCall call) {
		return true;
	}

	@Override
	public @Nullable Object send(ScriptCall call) {
		return this.transport.sendBound(this.connection, call.options().timeout(), call.toArguments());
	}

	@Override
	public List<@Nullable Object> sendAll(@Nullable Duration timeout, List<byte[][]> commands) {
		List<@Nullable Object> replies = new ArrayList<>(commands.size());
		for (byte[][] command : commands) {
			replies.add(this.transport.sendBound(this.connection, timeout, command));
		}
		return replies;
	}

	@Override
	public CompletableFuture<@Nullable Object> submit(ScriptCall call) {
		throw new UnsupportedOperationException("A bound connection belongs to its thread");
	}

	@Override
	public CompletableFuture<List<@Nullable Object>> submitAll(@Nullable Duration timeout, List<byte[][]> commands) {
		throw new UnsupportedOperationException("A bound connection belongs to its thread");
	}

}
