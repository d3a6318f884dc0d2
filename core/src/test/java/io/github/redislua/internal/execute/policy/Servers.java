package io.github.redislua.internal.execute.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;

import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.CallValues;
import io.github.redislua.internal.execute.call.EvalCommand;
import io.github.redislua.internal.execute.call.MethodScript;
import io.github.redislua.internal.execute.call.PreloadTarget;
import io.github.redislua.internal.execute.call.ReadOnlySupport;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.Script;

/**
 * Servers that are never asked anything: what a policy wants of them is in its steps.
 */
final class Servers implements ScriptTransport {

	static final String KEY = "k";

	/** The slot of {@link #KEY}. */
	static final int SLOT = 7629;

	final Node first = new Node("first:1");

	final List<String> events = new ArrayList<>();

	final CallContext context = new CallContext(this, new ReadOnlySupport(),
			(script, node) -> this.events.add("healed"), (node) -> this.events.add("missed"));

	private final boolean cluster;

	boolean known = true;

	Servers(boolean cluster) {
		this.cluster = cluster;
	}

	ScriptCall call(String source, boolean readOnly, boolean idempotent, String... arguments) {
		CallOptions options = new CallOptions("Some.method()", readOnly, idempotent, Duration.ofSeconds(10), true);
		MethodScript target = new MethodScript(Script.inline("some", "Some.method()", source), options);
		return new ScriptCall(readOnly ? EvalCommand.EVALSHA_RO : EvalCommand.EVALSHA, target, new CallValues(
				Stream.concat(Stream.of(KEY), Stream.of(arguments)).map(Resp::ascii).toArray(byte[][]::new), 1));
	}

	@Override
	public @Nullable ScriptNode route(ScriptCall call) {
		return this.known ? this.first : null;
	}

	@Override
	public CompletableFuture<@Nullable Void> connect() {
		return new CompletableFuture<>();
	}

	@Override
	public ScriptNode redirect(Redirection redirection) {
		return new Node(redirection.host() + ":" + redirection.port());
	}

	@Override
	public void outdated() {
		this.events.add("outdated");
	}

	@Override
	public List<PreloadTarget> nodes() {
		return List.of();
	}

	@Override
	public String description() {
		return "the servers";
	}

	@Override
	public boolean isCluster() {
		return this.cluster;
	}

	@Override
	public long timeout() {
		return 0;
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, byte[][] command, long until) {
		throw new UnsupportedOperationException();
	}

	@Override
	public @Nullable Object openBatch(RedisConnection connection) {
		return null;
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call, Runnable healed) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isAsynchronous() {
		return true;
	}

	/**
	 * A server.
	 */
	final class Node extends ScriptNode {

		Node(String name) {
			super(name);
		}

		@Override
		public @Nullable Object send(ScriptCall call, long until) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<@Nullable Object> sendAll(List<byte[][]> commands, long until) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<@Nullable Void> reconnect() {
			Servers.this.events.add("reconnect");
			return new CompletableFuture<>();
		}

	}

}
