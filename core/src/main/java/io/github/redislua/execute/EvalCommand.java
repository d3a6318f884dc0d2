package io.github.redislua.execute;

import java.nio.charset.StandardCharsets;

/**
 * The commands that run a script.
 */
enum EvalCommand {

	/** By digest. */
	EVALSHA,

	/** By digest, refused to write; since Redis 7.0. */
	EVALSHA_RO,

	/** By source. */
	EVAL,

	/** By source, refused to write; since Redis 7.0. */
	EVAL_RO;

	private final byte[] bytes = name().getBytes(StandardCharsets.US_ASCII);

	byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Whether the script's source is sent instead of its digest.
	 * @return {@code true} for {@code EVAL} and {@code EVAL_RO}
	 */
	boolean bySource() {
		return this == EVAL || this == EVAL_RO;
	}

	EvalCommand withSource() {
		return (this == EVALSHA_RO || this == EVAL_RO) ? EVAL_RO : EVAL;
	}

	EvalCommand withoutReadOnly() {
		return bySource() ? EVAL : EVALSHA;
	}

	boolean isReadOnly() {
		return this == EVALSHA_RO || this == EVAL_RO;
	}

}
