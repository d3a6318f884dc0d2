package io.github.redislua.internal.execute.policy;

/**
 * What was sent last for a call.
 */
enum Phase {

	/** The call as it is. */
	SENT,

	/** A question: whether an error was the server's own. */
	ASKED,

	/** The script, and the call after it. */
	LOADING,

	/** The call with the script's source. */
	BY_SOURCE

}
