package io.github.redislua.internal.execute;

/**
 * Whether a server has a script in its cache.
 */
public enum ScriptState {

	/** It has. */
	LOADED,

	/** It has not: the next call will load it. */
	MISSING,

	/** The server did not say in time. */
	UNREACHABLE

}
