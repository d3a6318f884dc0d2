package io.github.redislua.internal.execute.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.HealingListener;

/**
 * Carries many calls out together: in rounds, each of which sends one pipeline to each
 * server. In the first round the first call of a script on a server is preceded by
 * {@code SCRIPT LOAD}: a script found missing in the middle could not be healed without
 * changing the order. What happens with calls that have no good reply after it, their
 * {@link CallPolicy} decides; the calls that it sends again stay in order.
 */
final class PipelinedCalls {

	private final CallContext context;

	private final ScriptTransport transport;

	PipelinedCalls(CallContext context) {
		this.context = context;
		this.transport = context.transport();
	}

	/**
	 * Carries the calls out.
	 * @param calls the calls
	 * @return the neutral replies in order, a {@code RuntimeException} object where a
	 * call failed
	 */
	List<@Nullable Object> execute(List<ScriptCall> calls) {
		List<PipelinedCall> all = new ArrayList<>(calls.size());
		long start = System.nanoTime();
		for (ScriptCall call : calls) {
			all.add(new PipelinedCall(masters(call), start + this.context.timeout(call)));
		}
		sendFirst(all);
		// A flush costs one load of a script on a server, and is counted once.
		Set<Healed> healed = new HashSet<>();
		HealingListener healings = (script, node) -> {
			if (healed.add(new Healed(script.sha1(), node))) {
				this.context.healings().healed(script, node);
			}
		};
		CallContext context = this.context.with(healings);
		List<PipelinedCall> open = new ArrayList<>(all);
		open.removeIf((call) -> !call.decide(context));
		while (!open.isEmpty()) {
			healed.clear();
			carryOut(open);
			open.removeIf((call) -> !call.decide(context));
		}
		List<@Nullable Object> results = new ArrayList<>(all.size());
		all.forEach((call) -> results.add(call.result()));
		return results;
	}

	// On a cluster to masters: which replica has a key would have to be told for each
	// call.
	private ScriptCall masters(ScriptCall call) {
		return (this.transport.isCluster() && call.command().isReadOnly()) ? call.with(call.command().withoutReadOnly())
				: call;
	}

	private void sendFirst(List<PipelinedCall> calls) {
		Map<ScriptNode, Batch> batches = new LinkedHashMap<>();
		boolean connected = false;
		for (PipelinedCall call : calls) {
			try {
				ScriptNode node = this.transport.route(call.call());
				if (node == null && !connected) {
					connected = true;
					// Otherwise the calls would find each script missing, and not in
					// order.
					BlockingCalls.await(this.transport.connect(), call.until());
					node = this.transport.route(call.call());
				}
				if (node != null) {
					call.sendTo(node);
					batches.computeIfAbsent(node, Batch::new).addFirst(call);
				}
			}
			catch (CallFailure ex) {
				call.take(new Outcome.Failed(ex));
			}
		}
		send(batches.values());
	}

	private void carryOut(List<PipelinedCall> calls) {
		Map<ScriptNode, Batch> batches = new LinkedHashMap<>();
		long pause = 0;
		for (PipelinedCall call : calls) {
			Step step = call.step();
			if (step instanceof Step.Call send) {
				batches.computeIfAbsent(send.node(), Batch::new)
					.add(call, List.<byte[][]>of(send.call().toArguments()), send.until());
			}
			else if (step instanceof Step.Send send) {
				batches.computeIfAbsent(send.node(), Batch::new).add(call, send.commands(), send.until());
			}
			else if (step instanceof Step.Pause wanted) {
				pause = Math.max(pause, wanted.nanos());
			}
		}
		send(batches.values());
		Outcome paused = (pause > 0) ? BlockingCalls.pause(pause) : Outcome.READY;
		for (PipelinedCall call : calls) {
			if (call.step() instanceof Step.Wait wait) {
				call.take(BlockingCalls.await(wait.event(), wait.until()));
			}
			else if (call.step() instanceof Step.Pause) {
				call.take(paused);
			}
		}
	}

	private void send(Collection<Batch> batches) {
		if (this.transport.isAsynchronous() && batches.size() > 1) {
			batches.forEach(Batch::submit);
			batches.forEach(Batch::join);
		}
		else {
			batches.forEach(Batch::send);
		}
	}

	private record Healed(String sha1, String node) {

	}

}
