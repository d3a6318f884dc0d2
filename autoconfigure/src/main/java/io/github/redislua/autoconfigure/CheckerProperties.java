package io.github.redislua.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.github.redislua.CheckMode;
import io.github.redislua.LuaRepositoryFactory;

/**
 * Hands {@code redis-lua.checker.*} to a factory.
 */
final class CheckerProperties {

	private CheckerProperties() {
	}

	static void apply(LuaScriptsProperties.Checker properties, LuaRepositoryFactory.Builder builder) {
		builder.checkerMode(properties.getMode());
		if (properties.getMode() == CheckMode.NONE) {
			return;
		}
		for (String rule : properties.getAllow()) {
			try {
				builder.checkerAllow(rule);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidConfigurationPropertyValueException("redis-lua.checker.allow", rule, ex.getMessage());
			}
		}
		builder.checkerCommands(array(properties.getCommands()))
			.checkerGlobals(array(properties.getGlobals()))
			.checkerFlags(array(properties.getFlags()));
	}

	private static String[] array(List<String> names) {
		return names.toArray(String[]::new);
	}

}
