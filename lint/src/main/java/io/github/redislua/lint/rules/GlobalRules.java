package io.github.redislua.lint.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.model.GlobalUse;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.report.Problems;

/**
 * {@code global-write}, {@code global-read}, and globals that only some servers have.
 */
final class GlobalRules {

	private final ScriptModel model;

	private final Problems problems;

	private final Set<String> extraGlobals;

	/** The first assignment of each name that is reported as an error. */
	private final Map<String, GlobalUse> written = new HashMap<>();

	/** Names that were reported, with the rule and whether what is raised is caught. */
	private final Set<String> reported = new HashSet<>();

	GlobalRules(ScriptModel model, Problems problems, Set<String> extraGlobals) {
		this.model = model;
		this.problems = problems;
		this.extraGlobals = extraGlobals;
	}

	void check() {
		Set<String> used = this.model.globals();
		// Another environment may have other globals.
		boolean ownEnvironment = used.contains("setfenv");
		if (!ownEnvironment && !used.contains("loadstring") && !used.contains("load")) {
			writes();
		}
		if (!ownEnvironment) {
			if (hasUnknown(used)) {
				reads();
			}
			members();
		}
		versions();
	}

	private static boolean hasUnknown(Set<String> names) {
		for (String name : names) {
			if (!KnownGlobals.EVERYWHERE.contains(name)) {
				return true;
			}
		}
		return false;
	}

	private void writes() {
		for (GlobalUse write : this.model.writes()) {
			int dot = write.name().indexOf('.');
			String name = (dot >= 0) ? write.name().substring(0, dot) : write.name();
			if (this.extraGlobals.contains(name)) {
				continue;
			}
			if (dot < 0) {
				add(Rule.GLOBAL_WRITE, write,
						"assigns the global '" + name + "', but scripts cannot create or change globals",
						isPredefined(name) ? "use a local variable of another name" : "write 'local " + name + "'");
			}
			else if (KnownGlobals.isLibrary(name)) {
				add(Rule.GLOBAL_WRITE, write,
						"assigns a field of '" + name + "', but scripts cannot change the libraries",
						"use a local variable");
			}
		}
	}

	private static boolean isPredefined(String name) {
		return KnownGlobals.isKnown(name);
	}

	private void reads() {
		int before = 0;
		for (GlobalUse read : this.model.reads()) {
			String name = read.name();
			int position = before++;
			if (KnownGlobals.isKnown(name) || this.extraGlobals.contains(name)) {
				continue;
			}
			GlobalUse write = this.written.get(name);
			if (write != null && write.readsBefore() <= position || !isNew(Rule.GLOBAL_READ, read)) {
				continue;
			}
			this.problems.add(Rule.GLOBAL_READ, this.model.isCaught(read.start()), read.start(), read.end(),
					"reads the global '" + name + "', which does not exist: the server raises an error here",
					hint(name));
		}
	}

	private @Nullable String hint(String name) {
		String hint = KnownGlobals.hint(name);
		if (hint != null) {
			return hint;
		}
		List<String> candidates = new ArrayList<>(KnownGlobals.EVERYWHERE);
		String closest = Suggestions.closest(name, candidates);
		return (closest != null && name.length() > 2) ? "did you mean '" + closest + "'?"
				: "if it is a variable, declare it with 'local' before this line and in an enclosing block";
	}

	private void members() {
		for (GlobalUse call : this.model.memberCalls()) {
			int dot = call.name().indexOf('.');
			String library = call.name().substring(0, dot);
			String member = call.name().substring(dot + 1);
			List<String> functions = KnownGlobals.functions(library);
			GlobalUse write = this.written.get(call.name());
			if (write != null && write.start() < call.start()) {
				continue;
			}
			if (functions == null || functions.contains(member) || this.extraGlobals.contains(call.name())
					|| this.model.testedMembers().contains(call.name()) || !isNew(Rule.GLOBAL_READ, call)) {
				continue;
			}
			String hint = KnownGlobals.hint(call.name());
			if (hint == null) {
				String closest = Suggestions.closest(member, functions);
				hint = (closest != null) ? "did you mean '" + library + "." + closest + "'?" : null;
			}
			this.problems.add(Rule.GLOBAL_READ, this.model.isCaught(call.start()), call.start(), call.end(),
					"calls '" + call.name() + "', which does not exist: the server raises an error here", hint);
		}
	}

	private void versions() {
		if (!hasUnknown(this.model.globals())) {
			return;
		}
		for (GlobalUse read : this.model.reads()) {
			String servers = KnownGlobals.servers(read.name());
			if (servers != null && !this.extraGlobals.contains(read.name()) && isNew(Rule.VERSION, read)) {
				this.problems.add(Rule.VERSION, Severity.WARN, read.start(), read.end(),
						"the global '" + read.name() + "' exists on " + servers + " only",
						read.name().equals("server") ? "'redis' is the same and exists everywhere" : null);
			}
		}
	}

	// One finding a name and rule: the first that is not suppressed. One that is caught
	// does not stand for one that is not.
	private boolean isNew(Rule rule, GlobalUse use) {
		if (this.problems.isSuppressed(rule, use.start())) {
			return false;
		}
		String key = rule.id() + ' ' + use.name();
		if (rule != Rule.VERSION && this.model.isCaught(use.start())) {
			return !this.reported.contains(key) && this.reported.add(key + ' ');
		}
		return this.reported.add(key);
	}

	private void add(Rule rule, GlobalUse use, String message, String hint) {
		if (isNew(rule, use)) {
			boolean caught = this.model.isCaught(use.start());
			if (!caught) {
				this.written.put(use.name(), use);
			}
			this.problems.add(rule, caught, use.start(), use.end(), message, hint);
		}
	}

}
