package io.github.redislua.execute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.redislua.LuaScriptException;

/**
 * Sends calls as pipelines, one for each server. The first call of a script on a server
 * is preceded by {@code SCRIPT LOAD}: a script found missing in the middle could not be
 * healed without changing the order.
 */
final class ScriptPipeline {

	private final ScriptTransport transport;

	private final RecoveryDriver recoveries;

	ScriptPipeline(ScriptTransport transport, RecoveryDriver recoveries) {
		this.transport = transport;
		this.recoveries = recoveries;
	}

	/**
	 * Sends the calls.
	 * @param calls the calls
	 * @return the neutral replies in order, a {@code RuntimeException} object where a
	 * call failed
	 * @throws DataAccessException if no call has an answer
	 */
	List<@Nullable Object> execute(List<ScriptCall> calls) {
		List<ScriptNode> nodes = calls.stream().map(this.transport::route).toList();
		Map<ScriptNode, Batch> batches = new LinkedHashMap<>();
		for (int i = 0; i < calls.size(); i++) {
			batches.computeIfAbsent(nodes.get(i), Batch::new).add(calls.get(i), i);
		}
		@Nullable Object[] results = new @Nullable Object[calls.size()];
		send(List.copyOf(batches.values()));
		for (Batch batch : batches.values()) {
			batch.collect(results);
		}
		for (int i = 0; i < results.length; i++) {
			if (results[i] instanceof ErrorReply error) {
				results[i] = recovered(calls.get(i), nodes.get(i), error);
			}
			if (results[i] instanceof RuntimeException ex) {
				results[i] = ScriptFailures.during(calls.get(i).target(), ex);
			}
		}
		return checked(results);
	}

	private void send(List<Batch> batches) {
		if (this.transport.isAsynchronous()) {
			batches.forEach(Batch::submit);
			batches.forEach(Batch::join);
		}
		else {
			batches.forEach(Batch::send);
		}
	}

	// The server did not run the call: it has the keys no more, refused SCRIPT LOAD or
	// does not know EVALSHA_RO.
	private @Nullable Object recovered(ScriptCall call, ScriptNode node, ErrorReply error) {
		try {
			int seen = node.state(call.target().script()).generation();
			Object reply = this.recoveries.recover(call, node, seen, error);
			return (reply instanceof ErrorReply again)
					? ScriptFailures.of(call.target().script(), call.options().method(), again) : reply;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	// An outage is not to be overlooked in a list that nobody reads.
	private static List<@Nullable Object> checked(@Nullable Object[] results) {
		boolean outage = results.length > 0;
		List<@Nullable Object> list = new ArrayList<>(results.length);
		for (Object result : results) {
			outage &= result instanceof DataAccessException && !(result instanceof LuaScriptException);
			list.add(result);
		}
		if (outage) {
			throw (DataAccessException) results[0];
		}
		return list;
	}

	/**
	 * The calls that go to one server.
	 */
	private static final class Batch {

		private final ScriptNode node;

		private final List<byte[][]> commands = new ArrayList<>();

		private final List<Integer> positions = new ArrayList<>();

		private final List<Integer> replyPositions = new ArrayList<>();

		private final Set<String> carried = new HashSet<>();

		private List<@Nullable Object> replies = List.of();

		private @Nullable CompletableFuture<List<@Nullable Object>> future;

		Batch(ScriptNode node) {
			this.node = node;
		}

		void add(ScriptCall call, int position) {
			if (this.carried.add(call.target().script().sha1())) {
				this.commands.add(Resp.scriptLoad(call.target().script()));
			}
			this.positions.add(position);
			this.replyPositions.add(this.commands.size());
			this.commands.add(call.toArguments());
		}

		void send() {
			try {
				this.replies = this.node.sendAll(null, this.commands);
			}
			catch (RuntimeException ex) {
				failed(ex);
			}
		}

		void submit() {
			this.future = this.node.submitAll(null, this.commands);
		}

		void join() {
			try {
				this.replies = (this.future != null) ? this.future.join() : List.of();
			}
			catch (CompletionException ex) {
				failed((ex.getCause() instanceof RuntimeException cause) ? cause : ex);
			}
		}

		private void failed(RuntimeException ex) {
			this.replies = Collections.nCopies(this.commands.size(), ex);
		}

		void collect(@Nullable Object[] results) {
			for (int i = 0; i < this.positions.size(); i++) {
				results[this.positions.get(i)] = this.replies.get(this.replyPositions.get(i));
			}
		}

	}

}
