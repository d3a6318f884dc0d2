package io.github.redislua.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.github.redislua.lint.Rule;
import io.github.redislua.lint.ScriptChecker;

/**
 * The properties of the script checker.
 */
class CheckerSettings implements Consumer<ScriptChecker.Builder> {

	private final LuaScriptsProperties.Checker properties;

	CheckerSettings(LuaScriptsProperties.Checker properties) {
		this.properties = properties;
	}

	@Override
	public void accept(ScriptChecker.Builder builder) {
		for (String id : this.properties.getSuppress()) {
			Rule rule = Rule.of(id);
			if (rule == null || !rule.isSuppressible()) {
				throw new InvalidConfigurationPropertyValueException("redis-lua.checker.suppress", id,
						(rule != null) ? "Redis refuses such a script, whatever the checker says."
								: "There is no such rule. The rules are " + String.join(", ", rules()) + ".");
			}
		}
		builder.suppress(this.properties.getSuppress())
			.extraGlobals(this.properties.getGlobals())
			.extraCommands(this.properties.getCommands())
			.extraFlags(this.properties.getFlags());
	}

	private static List<String> rules() {
		List<String> ids = new ArrayList<>();
		for (Rule rule : Rule.values()) {
			if (rule.isSuppressible()) {
				ids.add(rule.id());
			}
		}
		return ids;
	}

}
