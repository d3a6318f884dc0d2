package io.github.redislua.internal.execute.policy;

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;

/**
 * What came of a step.
 */
sealed interface Outcome {

	/** What was waited for is there, or the pause is over. */
	Outcome READY = new Ready();

	/** The call has no time left, and is not on its way. */
	Outcome OUT_OF_TIME = new OutOfTime();

	static Outcome reply(@Nullable Object reply) {
		return new Replies(Collections.singletonList(reply));
	}

	/**
	 * The server answered.
	 *
	 * @param list a neutral reply or an {@link ErrorReply} for each command that was
	 * sent, a {@link CallFailure} in place of one that did not come; the last one is the
	 * call's
	 */
	record Replies(List<@Nullable Object> list) implements Outcome {

		@Nullable Object last() {
			return this.list.get(this.list.size() - 1);
		}

	}

	/**
	 * There is no reply.
	 *
	 * @param failure why
	 */
	record Failed(CallFailure failure) implements Outcome {

	}

	/**
	 * See {@link #READY}.
	 */
	record Ready() implements Outcome {

	}

	/**
	 * See {@link #OUT_OF_TIME}.
	 */
	record OutOfTime() implements Outcome {

	}

}
