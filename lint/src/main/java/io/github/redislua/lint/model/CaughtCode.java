package io.github.redislua.lint.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Expr;

/**
 * The parts of a script in which an error does not end it: what is inside a {@code pcall}
 * or a coroutine, and the local functions that are only called from there.
 */
final class CaughtCode {

	/** Functions that call functions that call functions: not followed further. */
	private static final int ROUNDS = 20;

	private final ScriptModel model;

	private final List<Expr.Call> catches = new ArrayList<>(0);

	/** Functions that are values: of a table, of an argument. */
	private final List<Expr.Function> values = new ArrayList<>(0);

	/** A bit a byte of the script. */
	private final BitSet bytes = new BitSet();

	/** Whether a pcall calls what cannot be told. */
	private boolean anything;

	CaughtCode(ScriptModel model) {
		this.model = model;
	}

	// Whether there can be anything that catches, by the globals that are used.
	static boolean isPossible(Set<String> globals) {
		return globals.contains("pcall") || globals.contains("xpcall") || globals.contains("_G")
				|| globals.contains("coroutine");
	}

	// Whether a global function catches what the function raises that it is given. A
	// coroutine is run by coroutine.resume, which catches as well.
	static boolean catches(String function) {
		return switch (function) {
			case "pcall", "xpcall", "_G.pcall", "_G.xpcall", "coroutine.create" -> true;
			default -> false;
		};
	}

	// Notes a call of one of these functions. Its arguments are evaluated outside.
	void add(Expr.Call call) {
		this.catches.add(call);
		for (Expr argument : call.arguments()) {
			if (argument instanceof Expr.Function function) {
				this.bytes.set(function.start(), function.end());
			}
		}
	}

	// Notes a function without a variable of its own.
	void add(Expr.Function function) {
		this.values.add(function);
	}

	boolean contains(int offset) {
		return this.bytes.get(offset);
	}

	// What is called by name is known only when the whole script was seen.
	void resolve() {
		this.anything = isPassedOn();
		if (this.catches.isEmpty() && !this.anything) {
			return;
		}
		for (Expr.Call call : this.catches) {
			target(call);
		}
		if (this.anything) {
			for (Expr.Function function : this.values) {
				this.bytes.set(function.start(), function.end());
			}
		}
		List<LocalFacts> functions = new ArrayList<>();
		for (LocalFacts facts : this.model.facts()) {
			if (facts.function != null) {
				functions.add(facts);
			}
		}
		for (int i = 0; i < ROUNDS && round(functions); i++) {
			// Until nothing changes.
		}
	}

	// Whether pcall or xpcall is a value other than that of a variable which is only
	// called: then anything can be called by it, from anywhere.
	private boolean isPassedOn() {
		int mentions = 0;
		for (GlobalUse read : this.model.reads) {
			if (read.name().equals("pcall") || read.name().equals("xpcall")) {
				mentions++;
			}
		}
		for (Expr.Call call : this.catches) {
			if (isGlobal(call.function())) {
				mentions--;
			}
		}
		int copies = 0;
		int uses = 0;
		for (LocalFacts facts : this.model.facts()) {
			Expr value = facts.single();
			String name = (value != null) ? this.model.globalName(value) : null;
			if (name != null && !name.startsWith("coroutine.") && catches(name)) {
				uses += facts.uses;
				if (isGlobal(value)) {
					mentions--;
				}
				else {
					copies++;
				}
			}
		}
		return mentions > 0 || uses > copies;
	}

	private static boolean isGlobal(@Nullable Expr expr) {
		Expr base = (expr instanceof Expr.Index index) ? index.object() : expr;
		return base instanceof Expr.Name name && name.local() == null && !name.name().equals("coroutine");
	}

	private void target(Expr.Call call) {
		Expr called = call.arguments().isEmpty() ? null : call.arguments().get(0);
		if (called instanceof Expr.Function) {
			return;
		}
		if (called instanceof Expr.Name name && name.local() != null) {
			LocalFacts facts = this.model.facts(name.local());
			facts.caughtUses++;
			this.anything |= facts.function == null && this.model.globalName(called) == null;
		}
		else {
			this.anything |= called != null && this.model.globalName(called) == null;
		}
	}

	private boolean round(List<LocalFacts> functions) {
		boolean changed = false;
		for (LocalFacts facts : functions) {
			Expr.Function function = facts.function;
			if (function != null && !this.bytes.get(function.start()) && isCaught(facts, function)) {
				this.bytes.set(function.start(), function.end());
				changed = true;
			}
		}
		return changed;
	}

	private boolean isCaught(LocalFacts facts, Expr.Function function) {
		// Passed on, it may end up in a pcall.
		boolean escapes = facts.uses > facts.caughtUses;
		if (facts.assignments > 1) {
			// What is called by its name may be another function.
			return this.anything && escapes || facts.caughtUses > 0;
		}
		if (escapes && !this.anything) {
			return false;
		}
		boolean called = facts.uses > 0;
		for (Expr.Call call : facts.calls) {
			boolean own = call.start() >= function.start() && call.end() <= function.end();
			if (!own && !this.bytes.get(call.start())) {
				return false;
			}
			called |= !own;
		}
		return called;
	}

}
