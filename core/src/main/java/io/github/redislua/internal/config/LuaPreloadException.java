package io.github.redislua.internal.config;

import org.springframework.data.redis.RedisConnectionFailureException;

import io.github.redislua.PreloadMode;

/**
 * A node could not be loaded with scripts, and {@link PreloadMode#STRICT} was asked for.
 */
@SuppressWarnings("serial")
public final class LuaPreloadException extends RedisConnectionFailureException {

	private final String node;

	public LuaPreloadException(String node, RuntimeException cause) {
		super("Lua scripts could not be loaded on " + node + ": " + cause.getMessage(), cause);
		this.node = node;
	}

	/**
	 * The node.
	 * @return {@code host:port}
	 */
	public String getNode() {
		return this.node;
	}

}
