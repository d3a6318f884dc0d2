package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.github.redislua.lint.syntax.Expr;

/**
 * The parts of a script in which an error does not end it: what is inside a
 * {@code pcall}, and the local functions that are only called from there.
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

	// Notes a call of pcall or xpcall. Its arguments are evaluated outside.
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
		if (this.catches.isEmpty()) {
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
			if (facts.function != null && facts.assignments == 1) {
				functions.add(facts);
			}
		}
		for (int i = 0; i < ROUNDS && round(functions); i++) {
			// Until nothing changes.
		}
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
