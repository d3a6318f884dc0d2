package io.github.redislua.internal.execute.call;

/**
 * Whether the servers know {@code EVALSHA_RO}, which came with Redis 7.0. Optimistic
 * until one of them says that it does not.
 */
public final class ReadOnlySupport {

	private volatile boolean missing;

	public boolean isMissing() {
		return this.missing;
	}

	public void missing() {
		this.missing = true;
	}

}
