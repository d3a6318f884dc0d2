package io.github.redislua.internal.execute.policy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.execute.call.Slots;
import io.github.redislua.internal.execute.policy.Doubt.Question;
import io.github.redislua.internal.script.Script;

/**
 * Decides what to do about every outcome of one call but a reply that is no error. It
 * only decides: outcomes come in, steps go out, and who carries them out, blocking, with
 * futures or for a whole pipeline, decides nothing.
 * <p>
 * A call is sent again where it is certain that it did not run: it was never sent, or the
 * server refused it in its own words, of which it is asked where the script could have
 * made them. A call of unknown outcome is sent again once, if it is idempotent.
 */
final class CallPolicy implements AutoCloseable {

	/** How often a call waits for others' loads before it brings the script itself. */
	private static final int ROUNDS = 3;

	private static final int REDIRECTIONS = 16;

	private static final int TRIES = 50;

	/** Between two tries while a slot is on its way. */
	private static final long TRY_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long AWAY_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

	private final CallContext context;

	private final ScriptTransport transport;

	private final Mode mode;

	private final Attempt attempt;

	private ScriptCall call;

	private @Nullable Doubt doubt;

	/** The server's refusal that was dealt with last: the caller's if time runs out. */
	private @Nullable ErrorReply refusal;

	private boolean certain;

	/** How the first attempt ended that may have run. */
	private @Nullable CallFailure unknown;

	private boolean reconnected;

	private boolean missed;

	private int rounds;

	private int redirections;

	private int tries;

	CallPolicy(CallContext context, Mode mode, ScriptCall call, long until) {
		this.context = context;
		this.transport = context.transport();
		this.mode = mode;
		this.call = call;
		this.attempt = new Attempt(until);
	}

	/**
	 * Notes that the call has been sent.
	 * @param node the server
	 * @param seen the generation of the script on that server before
	 * @return this policy
	 */
	CallPolicy sentTo(ScriptNode node, int seen) {
		this.attempt.sentTo(node, new LoadTurn(node.state(script()), seen));
		return this;
	}

	long until() {
		return this.attempt.until();
	}

	/**
	 * Decides what follows.
	 * @param outcome what came of the last step, or of sending the call
	 * @return the next step
	 */
	Step next(Outcome outcome) {
		if (outcome instanceof Outcome.Failed failed) {
			return failed(failed.failure());
		}
		if (outcome instanceof Outcome.OutOfTime) {
			return outOfTime();
		}
		if (!(outcome instanceof Outcome.Replies replies)) {
			return send();
		}
		Object reply = replies.last();
		if (reply instanceof CallFailure failure) {
			return failed(failure);
		}
		return switch (this.attempt.phase()) {
			case SENT -> decide(reply);
			case ASKED -> answered(reply);
			case LOADING -> loaded(replies.list().get(0), reply);
			case BY_SOURCE -> ranBySource(reply);
		};
	}

	private Step failed(CallFailure failure) {
		this.attempt.endTurn();
		if (this.doubt != null) {
			// Whose words they were stays unknown, and so the call is not sent again.
			return this.attempt.refused(this.doubt.error());
		}
		return switch (failure.kind()) {
			case NOT_SENT -> notSent(failure);
			case LOST, TIMED_OUT -> unknownOutcome(failure);
			case CLOSED, INTERRUPTED -> fail(failure);
		};
	}

	private Step notSent(CallFailure failure) {
		if (!this.transport.isCluster() || !failure.isPassing() || this.mode == Mode.BOUND
				|| this.attempt.left() <= AWAY_PAUSE || Thread.currentThread().isInterrupted()) {
			return fail(failure);
		}
		this.transport.outdated();
		return routeAnew();
	}

	private Step unknownOutcome(CallFailure failure) {
		this.transport.outdated();
		if (!this.call.options().idempotent() || this.unknown != null || this.mode == Mode.BOUND) {
			return fail(failure);
		}
		this.unknown = failure;
		this.refusal = null;
		this.attempt.renew(this.context.timeout(this.call));
		return send();
	}

	private Step fail(CallFailure failure) {
		RuntimeException ex = ScriptFailures.of(this.call.target(), failure);
		return (failure.kind() == CallFailure.Kind.NOT_SENT) ? notRun(ex) : new Step.Fail(ex);
	}

	private Step outOfTime() {
		this.attempt.endTurn();
		return notRun(ScriptFailures.outOfTime(this.call.target()));
	}

	// What is known of the call goes before what kept it from being sent again.
	private Step notRun(RuntimeException failure) {
		if (this.refusal != null) {
			return this.attempt.refused(this.refusal);
		}
		return new Step.Fail((this.unknown != null) ? ScriptFailures.of(this.call.target(), this.unknown) : failure);
	}

	private Step send() {
		if (this.attempt.left() <= 0) {
			return outOfTime();
		}
		ScriptNode node = this.attempt.known();
		if (node == null) {
			try {
				node = this.transport.route(this.call);
			}
			catch (CallFailure ex) {
				return failed(ex);
			}
			if (node == null) {
				return this.attempt.waitFor(this.transport.connect());
			}
		}
		sentTo(node, node.state(script()).generation());
		return this.attempt.call(Phase.SENT, this.call);
	}

	private Step routeAnew() {
		this.attempt.forget();
		return pause(AWAY_PAUSE);
	}

	private Step pause(long nanos) {
		return (this.attempt.left() > nanos) ? new Step.Pause(nanos) : outOfTime();
	}

	private Step decide(@Nullable Object reply) {
		if (!(reply instanceof ErrorReply error)) {
			return new Step.Done(reply);
		}
		if (!error.hasCode("NOSCRIPT") || error.raisedInScript()) {
			return otherwise(error);
		}
		// Nobody can tell which replica it was, and to read twice does no harm.
		boolean anyReplica = this.call.command().isReadOnly() && node().isHealedWithSource(this.call);
		return (anyReplica || isMissing(error)) ? heal() : ask(Question.HAS_SCRIPT, error);
	}

	private Step otherwise(ErrorReply error) {
		this.attempt.endTurn();
		if (this.call.command().isReadOnly() && error.isUnknownCommand(this.call.command().name())) {
			this.context.readOnlySupport().missing();
			this.call = this.call.with(this.call.command().withoutReadOnly());
			return send();
		}
		if (error.isReadOnlyReplica()) {
			return demoted(error);
		}
		return this.transport.isCluster() ? inCluster(error) : this.attempt.refused(error);
	}

	// The connection stayed open while the server became a replica. Nothing was written.
	private Step demoted(ErrorReply error) {
		if (this.reconnected) {
			return this.attempt.refused(error);
		}
		if (!isCertain(error)) {
			return ask(Question.IS_REPLICA, error);
		}
		this.reconnected = true;
		refused(error);
		CompletableFuture<?> anew = node().reconnect();
		if (this.mode == Mode.BOUND) {
			// The next call is spared it; this one belongs to its connection.
			return this.attempt.refused(error);
		}
		if (this.transport.isCluster()) {
			this.transport.outdated();
			return routeAnew();
		}
		return this.attempt.waitFor(anew);
	}

	private Step inCluster(ErrorReply error) {
		Redirection redirection = Redirection.of(error, Slots.of(this.call));
		if (redirection == null && !error.isClusterDown() && !error.isTryAgain()) {
			return this.attempt.refused(error);
		}
		if (!isCertain(error)) {
			return (this.call.keyCount() > 0) ? ask(Question.HAS_KEYS, error) : this.attempt.refused(error);
		}
		refused(error);
		if (redirection != null) {
			return (this.redirections++ < REDIRECTIONS) ? follow(redirection) : this.attempt.refused(error);
		}
		if (error.isTryAgain()) {
			// The slot is on its way, and the keys are on both sides.
			return (this.tries++ < TRIES) ? pause(TRY_PAUSE) : this.attempt.refused(error);
		}
		// Until a replica has taken over, for example.
		this.transport.outdated();
		return routeAnew();
	}

	private void refused(ErrorReply error) {
		this.refusal = this.attempt.named(error);
		this.certain = false;
	}

	private Step follow(Redirection redirection) {
		if (!redirection.asking()) {
			this.transport.outdated();
		}
		String name = node().name();
		String host = name.substring(0, Math.max(0, name.lastIndexOf(':')));
		this.attempt.redirect(this.transport.redirect(redirection.from(host)), redirection.asking());
		return send();
	}

	private Step ask(Question question, ErrorReply error) {
		this.doubt = new Doubt(error, question);
		return this.attempt.ask(this.doubt.command(this.call));
	}

	private Step answered(@Nullable Object answer) {
		Doubt doubt = this.doubt;
		Assert.state(doubt != null, "Nothing was asked");
		this.doubt = null;
		if (!doubt.isDispelledBy(answer, script())) {
			this.attempt.endTurn();
			return this.attempt.refused(doubt.isConfirmedBy(answer) ? doubt.error().ofTheScript() : doubt.error());
		}
		if (doubt.question() == Question.HAS_SCRIPT) {
			return heal();
		}
		this.certain = true;
		return otherwise(doubt.error());
	}

	private boolean isCertain(ErrorReply error) {
		return this.certain || !this.call.mayMake(error.code());
	}

	private boolean isMissing(@Nullable Object reply) {
		return reply instanceof ErrorReply error && error.isMissingScript() && isCertain(error);
	}

	private Step heal() {
		if (node().isHealedWithSource(this.call)) {
			return bySource();
		}
		boolean early = this.rounds++ < ROUNDS;
		if (this.mode == Mode.PIPELINED) {
			// The other calls that miss it are in the same pipeline.
			return early ? load() : bySource();
		}
		CompletableFuture<?> others = early ? this.attempt.turn().take() : null;
		// Late, somebody keeps flushing: no more waiting for one's turn.
		return (others != null) ? this.attempt.waitFor(others) : load();
	}

	private Step load() {
		if (node().refusedLoads().isRefused()) {
			return bySource();
		}
		return this.attempt.callAfter(Resp.scriptLoad(script()), this.call);
	}

	private Step loaded(@Nullable Object loadReply, @Nullable Object reply) {
		if (!(loadReply instanceof ErrorReply error)) {
			this.missed = true;
			healed();
			this.attempt.endTurn();
			// One trip is no transaction: a flush may come in between.
			return (this.mode != Mode.PIPELINED && isMissing(reply)) ? bySource() : decide(reply);
		}
		this.attempt.endTurn();
		if (!(reply instanceof ErrorReply refused) || !refused.isMissingScript()) {
			// Somebody else has loaded it, and the call ran.
			return decide(reply);
		}
		if (!error.isRefusedLoad()) {
			return this.attempt.refused(error);
		}
		node().refusedLoads().remember(error);
		return bySource();
	}

	private Step bySource() {
		return this.attempt.call(Phase.BY_SOURCE, this.call.with(this.call.command().withSource()));
	}

	private Step ranBySource(@Nullable Object reply) {
		if (reply instanceof ErrorReply error && error.isUnknownCommand("EVAL_RO")) {
			this.context.readOnlySupport().missing();
			this.call = this.call.with(this.call.command().withoutReadOnly());
			return bySource();
		}
		if (!(reply instanceof ErrorReply error) || error.nested() || error.raisedInScript()) {
			// The script ran, and so it is in the cache now.
			healed();
		}
		return (reply instanceof ErrorReply error && !error.hasCode("NOSCRIPT")) ? otherwise(error)
				: new Step.Done(reply);
	}

	private void healed() {
		this.attempt.turn().loaded();
		this.context.healings().healed(script(), node().name());
	}

	private Script script() {
		return this.call.target().script();
	}

	private ScriptNode node() {
		return this.attempt.node();
	}

	/**
	 * Lets other calls have their turn. To be called at the end, whatever it was; may be
	 * called by another thread when the caller has cancelled.
	 */
	@Override
	public void close() {
		this.attempt.endTurn();
		ScriptNode node = this.attempt.known();
		if (this.missed && node != null) {
			this.missed = false;
			this.context.missed().accept(node);
		}
	}

}
