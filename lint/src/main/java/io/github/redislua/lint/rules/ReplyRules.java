package io.github.redislua.lint.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.MethodContract;
import io.github.redislua.lint.ReturnType;
import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.model.Kind;
import io.github.redislua.lint.model.Kinds;
import io.github.redislua.lint.model.Origins;
import io.github.redislua.lint.model.Returns;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.report.Problems;
import io.github.redislua.lint.rules.ReplyFit.Misfit;
import io.github.redislua.lint.syntax.BinaryOperator;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.Stat;

/**
 * {@code reply}: what each {@code return} gives against the method's return type.
 */
final class ReplyRules {

	private static final int DEPTH = 20;

	private static final List<Kind> NOTHING = List.of(new Kind(Kind.Type.NIL, null, null));

	private final ScriptModel model;

	private final Problems problems;

	private final Kinds kinds;

	private final Set<Integer> seen = new HashSet<>();

	private final List<Candidate> candidates = new ArrayList<>();

	/** Whether there is a return that may fit. */
	private boolean fitting;

	ReplyRules(ScriptModel model, Problems problems) {
		this.model = model;
		this.problems = problems;
		this.kinds = new Kinds(model);
	}

	void check(MethodContract contract) {
		ReturnType type = contract.returns();
		if (type.kind() == ReturnType.Kind.ANY) {
			return;
		}
		function(null, type, true, 0);
		boolean chosen = this.fitting && isChosenByCaller();
		for (Candidate candidate : this.candidates) {
			Misfit misfit = candidate.misfit();
			// The method may be one that never gets to this return.
			boolean certain = misfit.certain() && !(this.fitting && candidate.depends()) && !chosen;
			Expr at = candidate.value();
			int start = (at != null) ? at.start() : candidate.statement().start();
			int end = (at != null) ? at.end() : candidate.statement().end();
			this.problems.add(Rule.REPLY, certain ? Severity.ERROR : Severity.WARN, start, end,
					misfit.message(contract.method()), hint(type, misfit));
		}
		if (this.candidates.isEmpty()) {
			end(contract, type);
		}
	}

	private static @Nullable String hint(ReturnType type, Misfit misfit) {
		if (type.kind() == ReturnType.Kind.RECORD && misfit.after().contains(" component")) {
			return "return one element per component, in the order of the record";
		}
		return misfit.returned().startsWith("nil as element")
				? "declare the boxed type if the value may be missing, or return a default" : null;
	}

	// The returns of a function whose result is the script's, or of the script itself.
	private void function(Expr.@Nullable Function function, ReturnType type, boolean own, int depth) {
		for (Stat.Return statement : this.model.returns(function)) {
			if (!this.seen.add(statement.start())) {
				continue;
			}
			Expr value = statement.values().isEmpty() ? null : statement.values().get(0);
			Expr.Function called = (value != null) ? Returns.called(this.model, value) : null;
			if (called != null && depth < DEPTH) {
				// Which of its returns is taken may hang on what it is given.
				function(called, type, own && called.parameters().isEmpty() && !called.vararg(), depth + 1);
			}
			else if (value != null) {
				value(statement, value, type, own);
			}
			else {
				add(statement, null, ReplyFit.misfit(NOTHING, type), own);
			}
		}
	}

	private void value(Stat.Return statement, Expr value, ReturnType type, boolean own) {
		List<Kind> kinds = this.kinds.of(value);
		Misfit misfit = ReplyFit.misfit(kinds, type);
		Expr at = value;
		if (misfit != null && misfit.element() >= 0 && value instanceof Expr.Table table) {
			at = element(table, misfit.element());
		}
		add(statement, at, misfit, own);
		if (misfit == null && isChoice(value) && !Kinds.isUnknown(kinds)) {
			some(statement, value, type, kinds);
		}
	}

	// One value of "a and b or c" that does not fit. Whether it is ever the one is not
	// certain.
	private void some(Stat.Return statement, Expr value, ReturnType type, List<Kind> kinds) {
		for (Kind kind : kinds) {
			boolean missing = kind.type() == Kind.Type.NIL || kind.type() == Kind.Type.FALSE;
			Misfit misfit = missing ? null : ReplyFit.misfit(List.of(kind), type);
			if (misfit != null) {
				this.candidates.add(new Candidate(statement, value, misfit, true));
				return;
			}
		}
	}

	private static boolean isChoice(Expr expr) {
		return expr instanceof Expr.Binary binary
				&& (binary.operator() == BinaryOperator.OR || binary.operator() == BinaryOperator.AND);
	}

	private static Expr element(Expr.Table table, int index) {
		int position = 0;
		for (Expr.Field field : table.fields()) {
			if (field.key() == null && position++ == index) {
				return field.value();
			}
		}
		return table;
	}

	private void add(Stat.Return statement, @Nullable Expr value, @Nullable Misfit misfit, boolean own) {
		if (misfit != null) {
			this.candidates.add(new Candidate(statement, value, misfit, !own));
		}
		else {
			this.fitting = true;
		}
	}

	// A script that never returns anything returns nil.
	private void end(MethodContract contract, ReturnType type) {
		Misfit misfit = ReplyFit.misfit(NOTHING, type);
		if (misfit != null && this.model.returns(null).isEmpty()
				&& !ScriptModel.alwaysReturns(this.model.chunk().body())) {
			this.problems.add(Rule.REPLY, Severity.ERROR, 0, 0,
					"script returns nothing, but " + contract.method() + misfit.after(),
					"write 'return value' at its end");
		}
	}

	// Whether the script asks what it is called for: one method may get to other returns
	// than another.
	private boolean isChosenByCaller() {
		if (this.model.arguments().isVariadic() || this.model.keys().isVariadic()) {
			return true;
		}
		Origins origins = new Origins(this.model);
		for (Expr.Binary comparison : this.model.comparisons()) {
			if (isChoice(comparison.left(), comparison.right(), origins)
					|| isChoice(comparison.right(), comparison.left(), origins)) {
				return true;
			}
		}
		return this.model.arguments().reads().stream().anyMatch((read) -> isOptional(read.index()));
	}

	private boolean isOptional(double index) {
		return this.model.arguments().isOptional(index, this.model);
	}

	private boolean isChoice(Expr value, Expr literal, Origins origins) {
		Expr constant = this.model.resolve(literal);
		if (constant instanceof Expr.Str) {
			return true;
		}
		return constant instanceof Expr.Num && (origins.of(value) & (Origins.ARGUMENT | Origins.KEYS)) != 0;
	}

	/**
	 * A return that does not fit.
	 *
	 * @param statement the return statement
	 * @param value what to mark, null for the statement
	 * @param misfit what is wrong
	 * @param depends whether it hangs on a function's arguments whether it is reached
	 */
	private record Candidate(Stat.Return statement, @Nullable Expr value, Misfit misfit, boolean depends) {

	}

}
