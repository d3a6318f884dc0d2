package io.github.redislua.internal.config;

import org.springframework.data.redis.RedisConnectionFailureException;

import io.github.redislua.PreloadMode;

/**
 * A node could not be loaded with scripts, and {@link PreloadMode#STRICT} was asked for.
 */
@SuppressWarnings("serial")
public final class LuaPreloadException extends RedisConnectionFailureException {

	private final String node;

	private final String action;

	public LuaPreloadException(String node, RuntimeException cause) {
		this(node, ServerTrouble.of(cause, node), cause);
	}

	private LuaPreloadException(String node, ServerTrouble trouble, RuntimeException cause) {
		super("Lua scripts could not be loaded on " + node + ": " + trouble.cause(), cause);
		this.node = node;
		this.action = trouble.action();
	}

	/**
	 * The node.
	 * @return {@code host:port}
	 */
	public String getNode() {
		return this.node;
	}

	/**
	 * What to do about it.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

}
