package io.github.redislua.samples.cookbook.sessions;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Sessions of users. Those of one user are together on a node of a cluster. Each carries
 * the number that its user had when it was created: to destroy them all, the number goes
 * up, and they are found dead by whoever asks for them, without a list of their keys.
 */
@LuaRepository(path = "sessions", keyPrefix = "cookbook:")
public interface Sessions {

	@LuaScript(keys = { "{user:#user}:session:#id", "{user:#user}:generation" })
	boolean create(String user, String id, Duration ttl, Map<String, String> attributes);

	@LuaScript(keys = { "{user:#user}:session:#id", "{user:#user}:generation" })
	Optional<Map<String, String>> readAndTouch(String user, String id, Duration ttl);

	@LuaScript(keys = { "{user:#user}:session:#id", "{user:#user}:generation" })
	boolean update(String user, String id, Map<String, String> attributes);

	@LuaScript(keys = { "{user:#user}:session:#id", "{user:#user}:generation" })
	boolean destroy(String user, String id);

	@LuaScript(source = "redis.call('INCR', KEYS[1])", keys = "{user:#user}:generation")
	void destroyAll(String user);

}
