package io.github.redislua.internal.execute.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.EvalCommand;
import io.github.redislua.internal.execute.call.LoadState;
import io.github.redislua.internal.execute.call.NotSentException;
import io.github.redislua.internal.execute.call.ReadOnlySupport;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.execute.call.Slots;
import io.github.redislua.internal.script.HealingListener;
import io.github.redislua.internal.script.Script;

/**
 * Brings a call to its end that a server refused to run: because it does not know the
 * script, does not have the keys, or does not know the command. All of this is safe,
 * because such a call did not run. Only decides; who drives it sends and waits.
 * <p>
 * A missing script is healed on the server that said so: {@code SCRIPT LOAD} and the call
 * again, in one trip and on one connection. Of many calls that miss a script at once, one
 * loads it and the others wait for it.
 */
final class CallPolicy implements AutoCloseable {

	/**
	 * How often a call waits for other calls' loads before it brings the script itself.
	 */
	private static final int ROUNDS = 3;

	private static final int REDIRECTIONS = 16;

	private static final int TRIES = 50;

	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final byte[][] ASKING = { Resp.ascii("ASKING") };

	private final ScriptTransport transport;

	private final ReadOnlySupport readOnlySupport;

	private final HealingListener healings;

	private ScriptCall call;

	private ScriptNode node;

	private LoadState state;

	private Phase phase = Phase.SENT;

	private int seen;

	private boolean asking;

	private final AtomicBoolean myTurn = new AtomicBoolean();

	private @Nullable ScriptNode loadedOn;

	private int rounds;

	private int redirections;

	private int tries;

	private @Nullable ErrorReply unverified;

	/**
	 * Create a new recovery.
	 * @param transport the servers
	 * @param readOnlySupport what is known of {@code EVALSHA_RO}
	 * @param healings hears of scripts that had to be loaded
	 * @param call the call
	 * @param node the server that refused to run it
	 * @param seen the generation of the script on that server before the call was sent
	 */
	CallPolicy(ScriptTransport transport, ReadOnlySupport readOnlySupport, HealingListener healings, ScriptCall call,
			ScriptNode node, int seen) {
		this.transport = transport;
		this.readOnlySupport = readOnlySupport;
		this.healings = healings;
		this.call = call;
		this.node = node;
		this.state = node.state(call.target().script());
		this.seen = seen;
	}

	/**
	 * What to do about the reply to the call, or to the commands of the last step.
	 * @param replies the replies, the last of which is the call's
	 * @return the next step
	 */
	Step next(List<@Nullable Object> replies) {
		Object reply = replies.get(replies.size() - 1);
		if (reply instanceof RuntimeException ex) {
			throw ex;
		}
		return switch (this.phase) {
			case SENT -> decide(reply);
			case VERIFYING -> verified(reply);
			case LOADING -> loaded(replies.get(0), reply);
			case BY_SOURCE -> ranBySource(reply);
		};
	}

	/**
	 * What to do when the time of the last step has passed.
	 * @return the next step
	 */
	Step proceed() {
		return send();
	}

	private Step decide(@Nullable Object reply) {
		if (!(reply instanceof ErrorReply error)) {
			return new Step.Done(reply);
		}
		if (error.hasCode("NOSCRIPT") && !error.raisedInScript()) {
			// Nobody can tell which replica it was, and to read twice does no harm.
			boolean anyReplica = this.call.command().isReadOnly() && this.node.isHealedWithSource(this.call);
			return (anyReplica || isCertain(error)) ? heal() : verify(error);
		}
		return otherwise(error);
	}

	// What has nothing to do with the script's being loaded.
	private Step otherwise(ErrorReply error) {
		endTurn();
		if (this.call.command().isReadOnly() && error.isUnknownCommand(this.call.command().name())) {
			this.readOnlySupport.missing();
			this.call = this.call.with(this.call.command().withoutReadOnly());
			return send();
		}
		if (this.transport.isCluster()) {
			Redirection redirection = Redirection.of(error, Slots.of(this.call));
			if (redirection != null && this.redirections++ < REDIRECTIONS) {
				return follow(redirection);
			}
			if (isOwnWord(error, "CLUSTERDOWN")) {
				// Until a replica has taken over, say.
				throw new NotSentException(this.node.name() + " did not run the script: " + error.text(), null);
			}
			if (isOwnWord(error, "TRYAGAIN") && this.tries++ < TRIES) {
				// The slot is on its way, and the keys are on both sides.
				this.phase = Phase.SENT;
				return new Step.Pause(PAUSE);
			}
		}
		return new Step.Done(error);
	}

	private Step follow(Redirection redirection) {
		if (!redirection.asking()) {
			this.transport.outdated();
		}
		String name = this.node.name();
		this.node = this.transport.redirect(redirection.from(name.substring(0, Math.max(0, name.lastIndexOf(':')))));
		this.state = this.node.state(script());
		this.asking = redirection.asking();
		return send();
	}

	// And not the script's.
	private boolean isOwnWord(ErrorReply error, String code) {
		return error.hasCode(code) && !error.raisedInScript() && !script().mentions(code);
	}

	private Step send() {
		this.phase = Phase.SENT;
		this.seen = this.state.generation();
		return step(this.call);
	}

	private Step step(ScriptCall call, byte[]... first) {
		if (first.length == 0 && !this.asking) {
			return new Step.Call(this.node, call);
		}
		List<byte[][]> commands = new ArrayList<>(3);
		if (first.length > 0) {
			commands.add(first);
		}
		if (this.asking) {
			// It is for the very next command.
			commands.add(ASKING);
		}
		commands.add(call.toArguments());
		return new Step.Send(this.node, commands);
	}

	private Step heal() {
		if (this.node.isHealedWithSource(this.call)) {
			return bySource();
		}
		if (this.rounds++ < ROUNDS) {
			var others = this.state.enter(this.seen);
			if (others != null) {
				return new Step.Wait(others);
			}
			this.myTurn.set(true);
		}
		// Otherwise somebody keeps flushing: no more waiting for one's turn.
		return this.node.refusal().isRefused() ? bySource() : load();
	}

	private Step load() {
		this.phase = Phase.LOADING;
		return step(this.call, Resp.scriptLoad(script()));
	}

	private Step loaded(@Nullable Object loadReply, @Nullable Object reply) {
		if (!(loadReply instanceof ErrorReply error)) {
			this.state.loaded();
			this.loadedOn = this.node;
			endTurn();
			healed();
			// One trip is no transaction: a flush may come in between.
			return isMissing(reply) ? bySource() : decide(reply);
		}
		boolean refused = isMissing(reply) && isRefusal(error);
		if (refused) {
			this.node.refusal().remember(error);
		}
		endTurn();
		if (refused) {
			return bySource();
		}
		// Otherwise the script is wrong, or somebody else has loaded it and the call ran.
		return isMissing(reply) ? new Step.Done(error) : decide(reply);
	}

	private Step bySource() {
		this.phase = Phase.BY_SOURCE;
		return step(this.call.with(this.call.command().withSource()));
	}

	private Step ranBySource(@Nullable Object reply) {
		if (!(reply instanceof ErrorReply error)) {
			this.state.loaded();
			healed();
			return new Step.Done(reply);
		}
		if (error.nested() || error.raisedInScript()) {
			// The script ran, and so it is in the cache now.
			this.state.loaded();
			healed();
			return new Step.Done(error);
		}
		if (error.isUnknownCommand(EvalCommand.EVAL_RO.name())) {
			this.readOnlySupport.missing();
			this.call = this.call.with(this.call.command().withoutReadOnly());
			return bySource();
		}
		return error.hasCode("NOSCRIPT") ? new Step.Done(error) : otherwise(error);
	}

	// A script may itself return an error that begins with NOSCRIPT, and must not run
	// twice for that.
	private boolean isCertain(ErrorReply error) {
		return error.isMissingScript() && !script().mentions("NOSCRIPT");
	}

	private boolean isMissing(@Nullable Object reply) {
		return reply instanceof ErrorReply error && error.hasCode("NOSCRIPT") && !error.raisedInScript()
				&& isCertain(error);
	}

	private Step verify(ErrorReply error) {
		this.phase = Phase.VERIFYING;
		this.unverified = error;
		return new Step.Send(this.node, List.<byte[][]>of(Resp.scriptExists(List.of(script()))));
	}

	private Step verified(@Nullable Object reply) {
		if (reply instanceof List<?> answers && Long.valueOf(0).equals(answers.get(0))) {
			return heal();
		}
		endTurn();
		return new Step.Done(this.unverified);
	}

	// The server cannot do anything now, by source or otherwise, or the script is wrong.
	private static boolean isRefusal(ErrorReply error) {
		return switch (error.code()) {
			case "BUSY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "ASK", "TRYAGAIN", "NOAUTH" -> false;
			default -> !error.isRejection();
		};
	}

	private void healed() {
		this.healings.healed(script(), this.node.name());
	}

	private Script script() {
		return this.call.target().script();
	}

	private void endTurn() {
		if (this.myTurn.getAndSet(false)) {
			this.state.finish();
		}
	}

	/**
	 * The server that did not know the script and had it loaded.
	 * @return the server, {@code null} if there is none
	 */
	@Nullable ScriptNode loadedOn() {
		return this.loadedOn;
	}

	/**
	 * Lets other calls have their turn. To be called at the end, whatever it was.
	 */
	@Override
	public void close() {
		endTurn();
	}

	private enum Phase {

		/** The call was sent as it is. */
		SENT,

		/** It was asked whether the script is missing. */
		VERIFYING,

		/** The script was sent, and the call after it. */
		LOADING,

		/** The call was sent with the script's source. */
		BY_SOURCE

	}

}
