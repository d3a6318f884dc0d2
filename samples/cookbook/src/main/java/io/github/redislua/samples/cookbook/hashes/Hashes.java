package io.github.redislua.samples.cookbook.hashes;

import java.math.BigDecimal;
import java.util.Map;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * What the commands of hashes do not do by themselves.
 */
@LuaRepository(path = "hashes", keyPrefix = "cookbook:")
public interface Hashes {

	@LuaScript
	boolean updateIf(@Key String hash, String field, String expected, String fieldToSet, String value);

	@LuaScript
	BigDecimal incrementWithin(@Key String hash, String field, BigDecimal by, BigDecimal least, BigDecimal most);

	@LuaScript
	boolean setIfGreater(@Key String hash, String field, BigDecimal number);

	@LuaScript(readOnly = true)
	Map<String, String> getOrDefaults(@Key String hash, Map<String, String> defaults);

	@LuaScript(idempotent = true)
	long putAll(@Key String hash, Map<String, String> fields);

}
