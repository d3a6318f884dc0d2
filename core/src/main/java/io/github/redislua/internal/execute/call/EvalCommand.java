package io.github.redislua.internal.execute.call;

import java.nio.charset.StandardCharsets;

/**
 * The commands that run a script.
 */
public enum EvalCommand {

	/** By digest. */
	EVALSHA,

	/** By digest, refused to write; since Redis 7.0. */
	EVALSHA_RO,

	/** By source. */
	EVAL,

	/** By source, refused to write; since Redis 7.0. */
	EVAL_RO;

	private final byte[] bytes = name().getBytes(StandardCharsets.US_ASCII);

	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Whether the script's source is sent instead of its digest.
	 * @return {@code true} for {@code EVAL} and {@code EVAL_RO}
	 */
	public boolean bySource() {
		return this == EVAL || this == EVAL_RO;
	}

	public EvalCommand withSource() {
		return (this == EVALSHA_RO || this == EVAL_RO) ? EVAL_RO : EVAL;
	}

	public EvalCommand withoutReadOnly() {
		return bySource() ? EVAL : EVALSHA;
	}

	public boolean isReadOnly() {
		return this == EVALSHA_RO || this == EVAL_RO;
	}

}
