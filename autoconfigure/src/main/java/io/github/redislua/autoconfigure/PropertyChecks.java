package io.github.redislua.autoconfigure;

import java.time.Duration;
import java.util.Collection;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.github.redislua.internal.repository.Placeholders;

/**
 * Refuses values of properties that would do harm later: Spring Boot leaves a placeholder
 * alone that it cannot resolve, and takes any duration.
 */
final class PropertyChecks {

	private static final Duration NO_LIMIT = Duration.ofDays(365);

	private PropertyChecks() {
	}

	static void requireResolved(LuaScriptsProperties properties) {
		requireResolved("redis-lua.key-prefix", properties.getKeyPrefix());
		requireResolved("redis-lua.connection-factory", properties.getConnectionFactory());
		requireResolved("redis-lua.locations", properties.getLocations());
		requireResolved("redis-lua.checker.allow", properties.getChecker().getAllow());
		requireResolved("redis-lua.checker.commands", properties.getChecker().getCommands());
		requireResolved("redis-lua.checker.globals", properties.getChecker().getGlobals());
		requireResolved("redis-lua.checker.flags", properties.getChecker().getFlags());
	}

	static void requireResolved(String property, Collection<String> values) {
		values.forEach((value) -> requireResolved(property, value));
	}

	private static void requireResolved(String property, @Nullable String value) {
		if (value != null) {
			try {
				Placeholders.requireResolved(value);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidConfigurationPropertyValueException(property, value,
						ex.getMessage() + ". Set that property, or give a default: ${name:default}.");
			}
		}
	}

	/**
	 * How long a preload may take.
	 * @param properties what the application says
	 * @return a time to wait, which is very long if there is no limit
	 */
	static Duration timeout(LuaScriptsProperties.Preload properties) {
		Duration timeout = properties.getTimeout();
		if (timeout.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("redis-lua.preload.timeout", timeout,
					"A timeout cannot be negative. Use 0 for no limit.");
		}
		return (timeout.isZero() || timeout.compareTo(NO_LIMIT) > 0) ? NO_LIMIT : timeout;
	}

}
