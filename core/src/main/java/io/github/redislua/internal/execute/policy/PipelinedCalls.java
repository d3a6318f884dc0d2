package io.github.redislua.internal.execute.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.redislua.LuaScriptException;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.Script;

/**
 * Sends calls as pipelines, one for each server. The first call of a script on a server
 * is preceded by {@code SCRIPT LOAD}: a script found missing in the middle could not be
 * healed without changing the order.
 */
final class PipelinedCalls {

	private static final int ROUNDS = 2;

	private final ScriptTransport transport;

	private final BlockingCalls recoveries;

	PipelinedCalls(ScriptTransport transport, BlockingCalls recoveries) {
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
		List<ScriptNode> nodes = calls.stream().map(this::route).toList();
		@Nullable Object[] results = new @Nullable Object[calls.size()];
		Collection<Batch> sent = send(calls, nodes, IntStream.range(0, calls.size()).boxed().toList(), results);
		for (int i = 0; i < ROUNDS; i++) {
			List<Integer> missed = missed(sent, calls, results);
			if (missed.isEmpty()) {
				break;
			}
			sent = send(calls, nodes, missed, results);
			sent.forEach(this::healed);
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

	// On a cluster to masters: which replica has a key would have to be told for each
	// call.
	private ScriptNode route(ScriptCall call) {
		return this.transport.route(this.transport.isCluster() ? call.with(call.command().withoutReadOnly()) : call);
	}

	private Collection<Batch> send(List<ScriptCall> calls, List<ScriptNode> nodes, List<Integer> positions,
			@Nullable Object[] results) {
		Map<ScriptNode, Batch> batches = new LinkedHashMap<>();
		for (int position : positions) {
			batches.computeIfAbsent(nodes.get(position), Batch::new).add(calls.get(position), position);
		}
		send(List.copyOf(batches.values()));
		batches.values().forEach((batch) -> batch.collect(results));
		return batches.values();
	}

	// After a flush in the middle all that came later is missed, although it was loaded.
	private static List<Integer> missed(Collection<Batch> sent, List<ScriptCall> calls, @Nullable Object[] results) {
		List<Integer> missed = new ArrayList<>();
		for (Batch batch : sent) {
			for (int position : batch.positions) {
				Script script = calls.get(position).target().script();
				if (results[position] instanceof ErrorReply error && error.isMissingScript()
						&& !script.mentions("NOSCRIPT") && batch.isLoaded(script)) {
					missed.add(position);
				}
			}
		}
		Collections.sort(missed);
		return missed;
	}

	private void healed(Batch batch) {
		batch.loaded().forEach((script) -> this.recoveries.healed(script, batch.node));
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

		private final Map<String, Load> loads = new LinkedHashMap<>();

		private List<@Nullable Object> replies = List.of();

		private @Nullable CompletableFuture<List<@Nullable Object>> future;

		Batch(ScriptNode node) {
			this.node = node;
		}

		void add(ScriptCall call, int position) {
			Script script = call.target().script();
			if (this.loads.putIfAbsent(script.sha1(), new Load(script, this.commands.size())) == null) {
				this.commands.add(Resp.scriptLoad(script));
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

		boolean isLoaded(Script script) {
			Load load = Objects.requireNonNull(this.loads.get(script.sha1()));
			Object reply = this.replies.get(load.position());
			return !(reply instanceof ErrorReply || reply instanceof RuntimeException);
		}

		List<Script> loaded() {
			return this.loads.values().stream().map(Load::script).filter(this::isLoaded).toList();
		}

		void collect(@Nullable Object[] results) {
			for (int i = 0; i < this.positions.size(); i++) {
				results[this.positions.get(i)] = this.replies.get(this.replyPositions.get(i));
			}
		}

	}

	/**
	 * A script that is loaded in the pipeline.
	 *
	 * @param script the script
	 * @param position where the command is
	 */
	private record Load(Script script, int position) {

	}

}
