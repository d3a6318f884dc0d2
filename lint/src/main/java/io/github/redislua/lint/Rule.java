package io.github.redislua.lint;

import org.jspecify.annotations.Nullable;

/**
 * The rules. A rule's id is what reports show and what suppresses it.
 */
public enum Rule {

	/**
	 * Lua 5.1 syntax.
	 */
	SYNTAX("syntax", Severity.ERROR, "Lua 5.1 cannot compile the script"),

	/**
	 * Bytes that no script may hold.
	 */
	ENCODING("encoding", Severity.ERROR, "The script holds bytes that the server refuses"),

	/**
	 * The line {@code #!lua flags=…}.
	 */
	SHEBANG("shebang", Severity.ERROR, "The server refuses the shebang line"),

	/**
	 * A global variable is assigned.
	 */
	GLOBAL_WRITE("global-write", Severity.ERROR, "Scripts cannot assign globals"),

	/**
	 * A global variable that does not exist is read.
	 */
	GLOBAL_READ("global-read", Severity.ERROR, "Reading a global that does not exist raises an error"),

	/**
	 * {@code KEYS[0]} and the like.
	 */
	INDEX("index", Severity.ERROR, "KEYS and ARGV start at 1 and have whole indexes"),

	/**
	 * The script reads more than the method supplies.
	 */
	COUNT("count", Severity.ERROR, "The script reads more keys or arguments than the method supplies"),

	/**
	 * A command that scripts may not call.
	 */
	NOSCRIPT("noscript", Severity.ERROR, "The command is not allowed from scripts"),

	/**
	 * A wrong number of arguments.
	 */
	ARITY("arity", Severity.ERROR, "The command is called with a wrong number of arguments"),

	/**
	 * An argument that is neither string nor number.
	 */
	ARG_TYPE("arg-type", Severity.ERROR, "A command's arguments are strings or numbers"),

	/**
	 * A write in a read-only script.
	 */
	READ_ONLY("read-only", Severity.ERROR, "A read-only script calls a command that writes"),

	/**
	 * A key that is not in {@code KEYS}.
	 */
	UNDECLARED_KEY("undeclared-key", Severity.WARN, "A key is not declared in KEYS"),

	/**
	 * The method supplies more than the script reads.
	 */
	UNUSED("unused", Severity.WARN, "The method supplies more than the script reads"),

	/**
	 * What only some servers have.
	 */
	VERSION("version", Severity.WARN, "Not every supported server has this"),

	/**
	 * A command nobody knows.
	 */
	UNKNOWN_COMMAND("unknown-command", Severity.WARN, "The command is unknown"),

	/**
	 * A value that does not survive the way out of the script.
	 */
	RETURN("return", Severity.WARN, "The reply is not what the script returns"),

	/**
	 * A reply that the method cannot return.
	 */
	REPLY("reply", Severity.ERROR, "The reply does not fit the method's return type"),

	/**
	 * A Java {@code long} that becomes a number in the script.
	 */
	PRECISION("precision", Severity.WARN, "A 64-bit integer loses digits as a Lua number"),

	/**
	 * Commands but no keys.
	 */
	NO_KEYS("no-keys", Severity.INFO, "A script with commands but without keys");

	private final String id;

	private final Severity severity;

	private final String summary;

	Rule(String id, Severity severity, String summary) {
		this.id = id;
		this.severity = severity;
		this.summary = summary;
	}

	/**
	 * The id, such as {@code undeclared-key}.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The severity where nothing lowers or raises it.
	 * @return the severity
	 */
	public Severity severity() {
		return this.severity;
	}

	/**
	 * The rule in one sentence.
	 * @return the sentence, without a full stop
	 */
	public String summary() {
		return this.summary;
	}

	/**
	 * Whether a script can be told to be silent about it. What the server refuses to
	 * compile is refused whatever a comment says.
	 * @return whether it can be suppressed
	 */
	public boolean isSuppressible() {
		return ordinal() > SHEBANG.ordinal();
	}

	/**
	 * The rule with an id.
	 * @param id the id
	 * @return the rule, or null if there is none
	 */
	public static @Nullable Rule of(String id) {
		for (Rule rule : values()) {
			if (rule.id.equals(id)) {
				return rule;
			}
		}
		return null;
	}

}
