package io.github.redislua.samples.cookbook.bulk;

import java.util.List;
import java.util.Map;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Many keys in one call. The values of a tenant share a hash tag, so that a script may
 * use all of them on a cluster.
 */
@LuaRepository(path = "bulk", keyPrefix = "cookbook:")
public interface Bulk {

	/**
	 * Reads the values that are there. The names are arguments, too, since the script
	 * sees whole keys, prefix and all.
	 * @param tenant whose values
	 * @param names the names of the values
	 * @return those that are there
	 */
	@LuaScript(keys = "{tenant:#tenant}:#names", readOnly = true)
	List<Entry> findExisting(String tenant, @Arg List<String> names);

	@LuaScript(keys = "{tenant:#tenant}:#names", idempotent = true)
	long setAll(String tenant, List<String> names, List<String> values);

	default long setAll(String tenant, Map<String, String> values) {
		return setAll(tenant, List.copyOf(values.keySet()), List.copyOf(values.values()));
	}

	record Entry(String name, String value) {
	}

}
