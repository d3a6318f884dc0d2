package io.github.redislua.execute;

/**
 * Whether the servers know {@code EVALSHA_RO}, which came with Redis 7.0. Optimistic
 * until one of them says that it does not.
 */
final class ReadOnlySupport {

	private volatile boolean missing;

	boolean isMissing() {
		return this.missing;
	}

	void missing() {
		this.missing = true;
	}

}
