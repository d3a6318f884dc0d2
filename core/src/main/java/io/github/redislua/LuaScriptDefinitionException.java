package io.github.redislua;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * An interface and its scripts do not fit. Holds everything that was found, so that it
 * can be mended in one go.
 */
@SuppressWarnings("serial")
public class LuaScriptDefinitionException extends LuaScriptException {

	private final List<Finding> findings;

	/**
	 * Create a new exception.
	 * @param findings what was found, at least one finding
	 */
	public LuaScriptDefinitionException(List<Finding> findings) {
		super(message(findings), null);
		this.findings = List.copyOf(findings);
	}

	LuaScriptDefinitionException(String message, List<Finding> findings) {
		super(message, null);
		this.findings = List.copyOf(findings);
	}

	/**
	 * What was found.
	 * @return at least one finding
	 */
	public List<Finding> getFindings() {
		return this.findings;
	}

	private static String message(List<Finding> findings) {
		if (findings.size() == 1) {
			return findings.get(0).toString();
		}
		return findings.size() + " problems with Lua scripts:\n"
				+ findings.stream().map((finding) -> "  - " + finding).collect(Collectors.joining("\n"));
	}

	/**
	 * One thing that does not fit.
	 *
	 * @param place the Java method, such as
	 * {@code com.acme.RateLimits.tryAcquire(String, int)}, or the interface
	 * @param script the name of the script, {@code null} if none is known
	 * @param problem what is wrong
	 * @param action what to do about it
	 */
	public record Finding(String place, @Nullable String script, String problem, String action) {

		@Override
		public String toString() {
			return this.place + ((this.script != null) ? " (script '" + this.script + "')" : "") + ": " + this.problem
					+ ". " + this.action;
		}

	}

}
