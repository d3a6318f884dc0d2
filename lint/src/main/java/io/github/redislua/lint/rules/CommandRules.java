package io.github.redislua.lint.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.command.CommandInfo;
import io.github.redislua.lint.command.CommandTable;
import io.github.redislua.lint.model.CallUse;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.report.Problems;
import io.github.redislua.lint.syntax.Expr;

/**
 * The rules about single commands, and what they say about the script as a whole.
 */
final class CommandRules {

	/** Names of the commands without subcommands, in upper case. */
	final Set<String> names = new HashSet<>();

	/** Commands that a read-only script cannot call, where they are called. */
	final List<Write> writes = new ArrayList<>();

	/** Whether commands are called that are unknown or computed. */
	boolean incomplete;

	boolean dynamic;

	private final ScriptModel model;

	private final Problems problems;

	private final CommandTable table;

	private final KeyRules keys;

	CommandRules(ScriptModel model, Problems problems, CommandTable table, KeyRules keys) {
		this.model = model;
		this.problems = problems;
		this.table = table;
		this.keys = keys;
	}

	void check() {
		for (CallUse use : this.model.commands()) {
			if (use.size() == 0 && use.isExact()) {
				add(Rule.ARITY, use, use.call(), "calls no command: the name is missing", null);
				continue;
			}
			argumentTypes(use);
			String name = (use.size() > 0) ? use.literal(0) : null;
			if (name == null) {
				this.dynamic = true;
				this.incomplete = true;
				continue;
			}
			command(use, name);
		}
	}

	private void command(CallUse use, String name) {
		boolean extra = this.table.isExtra(name);
		CommandInfo info = (!extra && name.indexOf('|') < 0) ? this.table.find(name) : null;
		String upper = (info != null) ? info.displayName() : name.toUpperCase(Locale.ROOT);
		this.names.add(upper);
		if (info == null) {
			this.incomplete = true;
			if (!extra) {
				unknown(use, name, upper);
			}
			return;
		}
		if (this.table.isContainer(name) && use.size() > 1) {
			String sub = use.literal(1);
			if (sub == null) {
				this.incomplete = true;
				// With one word more it cannot be HELP, which scripts may call.
				if (!info.isNoScript() && use.size() > 2 && this.table.allowsHelpOnly(name)) {
					add(Rule.NOSCRIPT, use, use.word(0), upper + " is not allowed from scripts", null);
				}
				noScript(use, info);
				return;
			}
			CommandInfo subInfo = this.table.find(name + '|' + sub);
			if (subInfo == null) {
				this.incomplete = true;
				noScript(use, info);
				add(Rule.UNKNOWN_COMMAND, use, use.word(1), upper + " has no subcommand '" + sub + "'", null);
				return;
			}
			info = subInfo;
		}
		known(use, info);
	}

	private void known(CallUse use, CommandInfo info) {
		noScript(use, info);
		if (!info.isNoScript()) {
			versions(use, info);
			arity(use, info);
		}
		if (isRefusedReadOnly(info)) {
			this.writes.add(new Write(info.displayName(), use));
		}
		this.keys.check(use, info);
	}

	private void noScript(CallUse use, CommandInfo info) {
		if (info.isNoScript()) {
			String name = info.displayName();
			add(Rule.NOSCRIPT, use, use.word(0), name + " is not allowed from scripts", noScriptHint(name));
		}
	}

	private static @Nullable String noScriptHint(String name) {
		return switch (name) {
			case "MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH" ->
				"leave it out: a script is atomic, nothing runs between its commands";
			case "EVAL", "EVALSHA", "EVAL_RO", "EVALSHA_RO", "FCALL", "FCALL_RO" ->
				"a script cannot call another one: use a local function";
			case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE" -> "a script can PUBLISH only";
			default -> null;
		};
	}

	private void versions(CallUse use, CommandInfo info) {
		String name = info.displayName();
		String since = info.since();
		if (since != null) {
			add(Rule.VERSION, Severity.WARN, use.word(0), name + " exists on " + since + " only", null);
		}
		String scripts = info.scriptsSince();
		if (scripts != null) {
			add(Rule.VERSION, Severity.WARN, use.word(0), name + " is allowed from scripts on " + scripts + " only",
					nonBlocking(name));
		}
		if ((name.equals("XREAD") || name.equals("XREADGROUP")) && !this.table.isLive(name)) {
			for (int i = 1; i < use.size(); i++) {
				String word = use.literal(i);
				if ("BLOCK".equalsIgnoreCase(word)) {
					add(Rule.VERSION, Severity.WARN, use.word(i),
							name + " with BLOCK is allowed from scripts on Redis 7.2 and Valkey only",
							"leave BLOCK out: a script never waits");
				}
				if ("STREAMS".equalsIgnoreCase(word)) {
					break;
				}
			}
		}
	}

	private static @Nullable String nonBlocking(String name) {
		return switch (name) {
			case "BLPOP", "BRPOP", "BRPOPLPUSH", "BLMOVE" -> "a script never waits: use " + name.substring(1);
			case "BZPOPMIN", "BZPOPMAX" -> "a script never waits: use Z" + name.substring(2);
			default -> null;
		};
	}

	private void arity(CallUse use, CommandInfo info) {
		int arity = info.arity();
		int size = use.size();
		boolean tooMany = arity > 0 && size > arity;
		boolean tooFew = use.isExact() && size < Math.abs(arity);
		if (!tooMany && !tooFew) {
			pairs(use, info.displayName());
			return;
		}
		String name = info.displayName();
		// Count what comes after the name, and after the subcommand's.
		int own = (name.indexOf(' ') >= 0) ? 2 : 1;
		int expected = Math.abs(arity) - own;
		String takes = (arity < 0) ? "at least " + expected : (expected == 0) ? "no" : String.valueOf(expected);
		String message = name + " takes " + takes + ((expected == 1) ? " argument" : " arguments") + ", not "
				+ Math.max(0, size - own) + (use.isExact() ? "" : " or more");
		Expr mark = tooMany ? use.word(Math.abs(arity)) : use.call();
		add(Rule.ARITY, use, mark, message, null);
	}

	// What the number in the command table does not say.
	private void pairs(CallUse use, String name) {
		int size = use.size();
		switch (name) {
			case "HSET", "HMSET", "MSET", "MSETNX" -> {
				boolean fields = name.charAt(0) == 'H';
				if (use.isExact() && size % 2 != (fields ? 0 : 1)) {
					add(Rule.ARITY, use, use.word(size - 1), name + " takes a value for each "
							+ (fields ? "field" : "key") + ", and there is none for the last", null);
				}
			}
			case "PING" -> {
				if (size > 2) {
					add(Rule.ARITY, use, use.word(2),
							"PING takes at most 1 argument, not " + (size - 1) + (use.isExact() ? "" : " or more"),
							null);
				}
			}
			default -> {
				// Counted already.
			}
		}
	}

	private void argumentTypes(CallUse use) {
		int size = use.size();
		for (int i = 0; i < size; i++) {
			Expr word = use.word(i);
			String type = TypeGuess.refusedArgument(this.model, word);
			if (type != null) {
				add(Rule.ARG_TYPE, use, word, "a command's argument cannot be " + type + ", only a string or a number",
						TypeGuess.hint(type));
			}
		}
	}

	private void unknown(CallUse use, String name, String upper) {
		boolean refuted = this.table.isRefuted(name);
		Severity severity = (refuted && !use.isCaught()) ? Severity.ERROR : Severity.WARN;
		int blank = name.trim().indexOf(' ');
		String hint = null;
		if (blank >= 0 && this.table.find(name.trim().substring(0, blank)) != null) {
			hint = "the command and each of its arguments are strings of their own: redis.call('"
					+ name.trim().substring(0, blank) + "', ...)";
		}
		else if (name.indexOf('.') > 0 && !refuted) {
			add(Rule.VERSION, Severity.WARN, use.word(0), upper + " exists only where its module is loaded", null);
			return;
		}
		else {
			String closest = Suggestions.closest(name.toLowerCase(Locale.ROOT), this.table.names());
			hint = (closest != null && closest.indexOf('|') < 0)
					? "did you mean " + closest.toUpperCase(Locale.ROOT) + "?" : null;
		}
		String message = refuted ? "the server does not know the command '" + name + "'"
				: "unknown command '" + name + "'";
		add(Rule.UNKNOWN_COMMAND, severity, use.word(0), message, hint);
	}

	// Whether servers refuse the command in a read-only script. That PUBLISH and the like
	// may be replicated is not in the answer of COMMAND.
	private static boolean isRefusedReadOnly(CommandInfo info) {
		return switch (info.displayName()) {
			case "PFCOUNT", "PUBLISH", "SPUBLISH" -> true;
			default -> info.isWrite();
		};
	}

	private void add(Rule rule, CallUse use, Expr at, String message, @Nullable String hint) {
		add(rule, use.isCaught() ? Severity.WARN : rule.severity(), at, message, hint);
	}

	private void add(Rule rule, Severity severity, Expr at, String message, @Nullable String hint) {
		this.problems.add(rule, severity, at.start(), at.end(), message, hint);
	}

	/**
	 * A command that a read-only script cannot call.
	 *
	 * @param name the name
	 * @param use the call
	 */
	record Write(String name, CallUse use) {
	}

}
