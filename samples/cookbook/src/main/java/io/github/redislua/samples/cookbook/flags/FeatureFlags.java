package io.github.redislua.samples.cookbook.flags;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Features that are on for everybody, for some, or for nobody.
 */
@LuaRepository(path = "flags", keyPrefix = "cookbook:")
public interface FeatureFlags {

	@LuaScript(keys = "{flag:#flag}", idempotent = true)
	void configure(String flag, boolean on, int rollout);

	@LuaScript(source = "return redis.call('SADD', KEYS[1], ARGV[1])", keys = "{flag:#flag}:allowed")
	boolean allow(String flag, String user);

	@LuaScript(keys = { "{flag:#flag}", "{flag:#flag}:allowed" }, readOnly = true)
	boolean isOn(@Arg String flag, String user);

}
