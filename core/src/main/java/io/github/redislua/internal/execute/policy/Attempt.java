package io.github.redislua.internal.execute.policy;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * Where a call goes now, and the steps that take it there.
 */
final class Attempt {

	private static final byte[][] ASKING = { Resp.ascii("ASKING") };

	private long until;

	private @Nullable ScriptNode node;

	private @Nullable LoadTurn turn;

	private boolean asking;

	private boolean renewed;

	private Phase phase = Phase.SENT;

	/**
	 * Create a new attempt.
	 * @param until when the caller has waited long enough
	 */
	Attempt(long until) {
		this.until = until;
	}

	long until() {
		return this.until;
	}

	long left() {
		return this.until - System.nanoTime();
	}

	/**
	 * Begins anew, with all the time there was at first.
	 * @param timeout how long the caller waits, in nanoseconds
	 */
	void renew(long timeout) {
		this.until = System.nanoTime() + timeout;
		this.renewed = true;
		forget();
	}

	/**
	 * Forgets the server: it has to be looked for.
	 */
	void forget() {
		this.node = null;
		this.asking = false;
	}

	/**
	 * The call goes to a server that another one named.
	 * @param node the server
	 * @param asking whether the slot is only on its way there
	 */
	void redirect(ScriptNode node, boolean asking) {
		this.node = node;
		this.asking = asking;
	}

	/**
	 * The call is sent, or has been.
	 * @param node the server
	 * @param turn the call's turn to load its script there
	 */
	void sentTo(ScriptNode node, LoadTurn turn) {
		this.node = node;
		this.turn = turn;
	}

	@Nullable ScriptNode known() {
		return this.node;
	}

	ScriptNode node() {
		Assert.state(this.node != null, "The call has not been sent");
		return this.node;
	}

	/**
	 * The same error with the name of the server, as far as that is known.
	 * @param error the error
	 * @return the error
	 */
	ErrorReply named(ErrorReply error) {
		String server = (error.server() == null && this.node != null) ? this.node.name() : error.server();
		return error.of(server, this.renewed);
	}

	Step refused(ErrorReply error) {
		return new Step.Done(named(error));
	}

	LoadTurn turn() {
		Assert.state(this.turn != null, "The call has not been sent");
		return this.turn;
	}

	void endTurn() {
		if (this.turn != null) {
			this.turn.end();
		}
	}

	/**
	 * What was sent last.
	 * @return the phase
	 */
	Phase phase() {
		return this.phase;
	}

	Step call(Phase phase, ScriptCall call) {
		this.phase = phase;
		return this.asking ? send(call.toArguments()) : new Step.Call(node(), call, this.until);
	}

	Step callAfter(byte[][] load, ScriptCall call) {
		this.phase = Phase.LOADING;
		byte[][] arguments = call.toArguments();
		// ASKING is for the very next command.
		return new Step.Send(node(), this.asking ? List.of(load, ASKING, arguments) : List.of(load, arguments),
				this.until);
	}

	Step ask(byte[][] question) {
		this.phase = Phase.ASKED;
		return send(question);
	}

	private Step send(byte[][] command) {
		return new Step.Send(node(), this.asking ? List.of(ASKING, command) : List.<byte[][]>of(command), this.until);
	}

	Step waitFor(CompletableFuture<?> event) {
		return new Step.Wait(event, this.until);
	}

}
