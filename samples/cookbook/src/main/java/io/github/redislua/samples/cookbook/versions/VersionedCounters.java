package io.github.redislua.samples.cookbook.versions;

import java.time.Instant;
import java.util.Optional;

import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * A script in two versions. Both are loaded: the digest of a script is that of its text,
 * so a new version takes nothing away from instances that still call the old one.
 */
@LuaRepository(path = "versions", keyPrefix = "cookbook:")
public interface VersionedCounters {

	@LuaScript(name = "increment/v1", keys = "{counter:#counter}:value")
	long incrementV1(String counter);

	@LuaScript(name = "increment/v2", keys = { "{counter:#counter}:value", "{counter:#counter}:last" })
	long incrementV2(String counter, Instant now);

	@LuaScript(source = "return redis.call('GET', KEYS[1])", keys = "{counter:#counter}:last", readOnly = true)
	Optional<Long> last(String counter);

	/**
	 * Calls a version that is known at run time only.
	 * @param version the version
	 * @param counter the counter
	 * @param now the time
	 * @return the value of the counter
	 */
	default long increment(int version, String counter, Instant now) {
		return switch (version) {
			case 1 -> incrementV1(counter);
			case 2 -> incrementV2(counter, now);
			default -> throw new IllegalArgumentException("There is no version " + version);
		};
	}

}
