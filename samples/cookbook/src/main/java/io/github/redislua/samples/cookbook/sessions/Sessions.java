package io.github.redislua.samples.cookbook.sessions;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Sessions of users. Those of one user are together on a node of a cluster. Each carries
 * a mark that its user has in a key: to destroy them all, that key is deleted, and they
 * are found dead by everyone who asks for them, without a list of their keys. Should the
 * server evict that key the user has to log in again: nobody stays in who was put out.
 */
@LuaRepository(path = "sessions", keyPrefix = "cookbook:")
public interface Sessions {

	@LuaScript(keys = { "{user:#user}:session:#id", "{user:#user}:generation" },
			errors = { @LuaError(code = "INVALID_TTL", exception = IllegalArgumentException.class),
					@LuaError(code = "INVALID_ATTRIBUTE", exception = IllegalArgumentException.class) })
	boolean create(String user, String id, Duration ttl, Map<String, String> attributes);

	@LuaScript(keys = { "{user:#user}:session:#id", "{user:#user}:generation" },
			errors = @LuaError(code = "INVALID_TTL", exception = IllegalArgumentException.class))
	Optional<Map<String, String>> readAndTouch(String user, String id, Duration ttl);

	@LuaScript(keys = { "{user:#user}:session:#id", "{user:#user}:generation" },
			errors = @LuaError(code = "INVALID_ATTRIBUTE", exception = IllegalArgumentException.class))
	boolean update(String user, String id, Map<String, String> attributes);

	@LuaScript(keys = { "{user:#user}:session:#id", "{user:#user}:generation" })
	boolean destroy(String user, String id);

	@LuaScript(source = "redis.call('DEL', KEYS[1])", keys = "{user:#user}:generation")
	void destroyAll(String user);

}
