package io.github.redislua.internal.execute.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.CallFailure.Kind;
import io.github.redislua.internal.execute.call.PendingReply;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * The commands of many calls that go to one server in one trip. A script that several of
 * them want to load is loaded once.
 */
final class Batch {

	private final ScriptNode node;

	private final List<byte[][]> commands = new ArrayList<>();

	private final List<PipelinedCall> calls = new ArrayList<>();

	private final Map<byte[], Integer> loads = new IdentityHashMap<>();

	private long until = System.nanoTime();

	private @Nullable PendingReply<List<@Nullable Object>> pending;

	Batch(ScriptNode node) {
		this.node = node;
	}

	/**
	 * Adds a call that is preceded by a load of its script, unless another one is.
	 * @param call the call
	 */
	void addFirst(PipelinedCall call) {
		if (!this.loads.containsKey(call.script().bytes())) {
			load(Resp.scriptLoad(call.script()));
		}
		add(call, -1, List.<byte[][]>of(call.call().toArguments()), call.until());
	}

	/**
	 * Adds the commands of a call.
	 * @param call the call
	 * @param commands the commands, of which the first one may be a load
	 * @param until when to stop waiting for the replies; for the whole trip the latest
	 * counts, since replies come in order
	 */
	void add(PipelinedCall call, List<byte[][]> commands, long until) {
		boolean load = Resp.isScriptLoad(commands.get(0));
		add(call, load ? load(commands.get(0)) : -1, load ? commands.subList(1, commands.size()) : commands, until);
	}

	private void add(PipelinedCall call, int load, List<byte[][]> commands, long until) {
		call.sent(load, this.commands.size(), commands.size());
		this.commands.addAll(commands);
		this.calls.add(call);
		if (until - this.until > 0) {
			this.until = until;
		}
	}

	private int load(byte[][] command) {
		Integer known = this.loads.putIfAbsent(Resp.loadedSource(command), this.commands.size());
		if (known != null) {
			return known;
		}
		this.commands.add(command);
		return this.commands.size() - 1;
	}

	void send() {
		try {
			deliver(this.node.sendAll(this.commands, this.until));
		}
		catch (CallFailure ex) {
			deliver(Collections.nCopies(this.commands.size(), ex));
		}
	}

	void submit() {
		this.pending = this.node.submitAll(this.commands);
	}

	void join() {
		PendingReply<List<@Nullable Object>> pending = this.pending;
		if (pending == null) {
			return;
		}
		boolean interrupted = false;
		if (BlockingCalls.await(pending, this.until) != Outcome.READY) {
			interrupted = Thread.currentThread().isInterrupted();
			pending.expire();
		}
		try {
			List<@Nullable Object> replies = pending.join();
			deliver(interrupted ? interrupted(replies) : replies);
		}
		catch (CompletionException ex) {
			deliver(Collections.nCopies(this.commands.size(), CallFailure.of(ex)));
		}
	}

	// It was not the time that was over.
	private static List<@Nullable Object> interrupted(List<@Nullable Object> replies) {
		List<@Nullable Object> result = new ArrayList<>(replies);
		result.replaceAll((reply) -> (reply instanceof CallFailure failure && failure.kind() == Kind.TIMED_OUT)
				? CallFailure.interrupted("the thread was interrupted while it waited for the reply", failure) : reply);
		return result;
	}

	private void deliver(List<? extends @Nullable Object> replies) {
		this.calls.forEach((call) -> call.take(replies));
	}

}
