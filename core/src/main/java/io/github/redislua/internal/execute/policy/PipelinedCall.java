package io.github.redislua.internal.execute.policy;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.script.Script;

/**
 * One of the calls of a pipeline, and how far it is.
 */
final class PipelinedCall {

	private final ScriptCall call;

	private final long until;

	private @Nullable ScriptNode node;

	private int seen;

	private @Nullable CallPolicy policy;

	private @Nullable Step step;

	private Outcome outcome = Outcome.READY;

	private @Nullable Object result;

	private boolean ended;

	/** Where the reply to its load is in the trip, negative if it has none. */
	private int load = -1;

	/** Where the replies to its other commands begin. */
	private int position;

	private int count;

	PipelinedCall(ScriptCall call, long until) {
		this.call = call;
		this.until = until;
	}

	ScriptCall call() {
		return this.call;
	}

	Script script() {
		return this.call.target().script();
	}

	long until() {
		return this.until;
	}

	/**
	 * The call is about to be sent for the first time.
	 * @param node the server
	 */
	void sendTo(ScriptNode node) {
		this.node = node;
		this.seen = node.state(script()).generation();
	}

	/**
	 * The server of the first trip.
	 * @return the server, {@code null} if it was not known
	 */
	@Nullable ScriptNode node() {
		return this.node;
	}

	@Nullable Step step() {
		return this.step;
	}

	/**
	 * Notes where the replies will be.
	 * @param load where the reply to its load is, negative if it has none
	 * @param position where the other replies begin
	 * @param count how many of those there are
	 */
	void sent(int load, int position, int count) {
		this.load = load;
		this.position = position;
		this.count = count;
	}

	/**
	 * Takes its replies.
	 * @param replies those of the whole trip
	 */
	void take(List<? extends @Nullable Object> replies) {
		if (this.load < 0 && this.count == 1) {
			Object reply = replies.get(this.position);
			if (this.policy == null && !(reply instanceof ErrorReply || reply instanceof CallFailure)) {
				this.result = reply;
				this.ended = true;
				return;
			}
			this.outcome = Outcome.reply(reply);
			return;
		}
		List<@Nullable Object> own = new ArrayList<>(this.count + 1);
		if (this.load >= 0) {
			own.add(replies.get(this.load));
		}
		own.addAll(replies.subList(this.position, this.position + this.count));
		this.outcome = new Outcome.Replies(own);
	}

	void take(Outcome outcome) {
		this.outcome = outcome;
	}

	/**
	 * Has decided what to do about the outcome.
	 * @param context what calls have in common
	 * @return whether there is a step to be carried out
	 */
	boolean decide(CallContext context) {
		if (this.ended) {
			return false;
		}
		CallPolicy policy = this.policy;
		if (policy == null) {
			policy = new CallPolicy(context, Mode.PIPELINED, this.call, this.until);
			if (this.node != null) {
				policy.sentTo(this.node, this.seen);
			}
			this.policy = policy;
		}
		Step step;
		try {
			step = policy.next(this.outcome);
		}
		catch (RuntimeException ex) {
			// The others keep their results.
			step = new Step.Fail(ex);
		}
		this.step = step;
		if (step instanceof Step.Done done) {
			this.result = (done.reply() instanceof ErrorReply error)
					? ScriptFailures.of(script(), this.call.options().method(), error) : done.reply();
		}
		else if (step instanceof Step.Fail fail) {
			this.result = fail.failure();
		}
		else {
			return true;
		}
		this.ended = true;
		policy.close();
		return false;
	}

	/**
	 * What the call ended with.
	 * @return the neutral reply or an exception
	 */
	@Nullable Object result() {
		Assert.state(this.ended, "The call has not ended");
		return this.result;
	}

}
