package io.github.redislua.internal.execute.policy;

/**
 * In which company a call is sent.
 */
enum Mode {

	/** By itself. */
	SINGLE,

	/** With others in one pipeline, whose scripts are loaded for all of them. */
	PIPELINED,

	/** On a connection that is bound to the thread, and on no other. */
	BOUND

}
