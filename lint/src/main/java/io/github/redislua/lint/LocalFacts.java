package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;

/**
 * What happens to a local variable in the whole script.
 */
final class LocalFacts {

	/** What is assigned to it, where each value can be told. */
	final List<Expr> values = new ArrayList<>(1);

	/** Variables that are assigned from this one as it is, or as a number. */
	final List<LocalVariable> copies = new ArrayList<>(0);

	/** Calls of it, if it holds a function. */
	final List<Expr.Call> calls = new ArrayList<>(0);

	/** What is added to it, if it holds a list. */
	final List<Expr> elements = new ArrayList<>(0);

	/** How often it is declared or assigned. */
	int assignments;

	/** Whether something is assigned that cannot be told. */
	boolean unknown;

	/** Whether somewhere its presence is asked for. */
	boolean tested;

	/** How often it is used other than called. */
	int uses;

	/** How often of these it is what a pcall calls. */
	int caughtUses;

	/** How often it is used as a table only: {@code x.name}, and in {@code return x}. */
	int namedUses;

	/** Names assigned in it: {@code x.name = …}. */
	int namedWrites;

	/** Whether a name is assigned that gives a reply a meaning ({@code x.ok = …}). */
	boolean replyField;

	/** What is iterated over, if it is the value of a loop over a list. */
	@Nullable Expr iterated;

	/** The function it is a parameter of, and which one. */
	@Nullable LocalVariable functionOf;

	int parameter;

	/** The function that it holds for good. */
	Expr.@Nullable Function function;

	// The only value ever assigned, or null.
	@Nullable Expr single() {
		return (this.assignments == 1 && !this.unknown && this.values.size() == 1) ? this.values.get(0) : null;
	}

	// Whether it holds a function that is only ever called by this name.
	boolean isPrivateFunction() {
		return this.function != null && this.assignments == 1 && this.uses == 0;
	}

}
