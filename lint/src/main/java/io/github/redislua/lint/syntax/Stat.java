package io.github.redislua.lint.syntax;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A statement.
 */
public sealed interface Stat {

	/**
	 * {@code local a, b = x, y}.
	 *
	 * @param variables the variables in order
	 * @param values the values in order
	 */
	record Local(List<LocalVariable> variables, List<Expr> values) implements Stat {
	}

	/**
	 * {@code a, b.c = x, y}.
	 *
	 * @param targets what is assigned, in order
	 * @param values the values in order
	 */
	record Assign(List<Expr> targets, List<Expr> values) implements Stat {
	}

	/**
	 * A call whose results are dropped.
	 *
	 * @param call the call
	 */
	record Call(Expr.Call call) implements Stat {
	}

	/**
	 * {@code do … end}.
	 *
	 * @param body the statements
	 */
	record Do(Block body) implements Stat {
	}

	/**
	 * {@code while condition do … end}.
	 *
	 * @param condition the condition
	 * @param body the statements
	 */
	record While(Expr condition, Block body) implements Stat {
	}

	/**
	 * {@code repeat … until condition}.
	 *
	 * @param body the statements
	 * @param condition the condition
	 */
	record Repeat(Block body, Expr condition) implements Stat {
	}

	/**
	 * {@code if … then … elseif … else … end}.
	 *
	 * @param branches the conditions in order with what they guard
	 * @param otherwise the else branch, or null
	 */
	record If(List<Branch> branches, @Nullable Block otherwise) implements Stat {
	}

	/**
	 * One condition of an {@code if} and what it guards.
	 *
	 * @param condition the condition
	 * @param body the statements
	 */
	record Branch(Expr condition, Block body) {
	}

	/**
	 * {@code for i = from, to, step do … end}.
	 *
	 * @param variable the variable
	 * @param from the first value
	 * @param to the last value
	 * @param step the step, or null for 1
	 * @param body the statements
	 */
	record NumericFor(LocalVariable variable, Expr from, Expr to, @Nullable Expr step, Block body) implements Stat {
	}

	/**
	 * {@code for k, v in … do … end}.
	 *
	 * @param variables the variables in order
	 * @param values the values in order
	 * @param body the statements
	 */
	record GenericFor(List<LocalVariable> variables, List<Expr> values, Block body) implements Stat {
	}

	/**
	 * {@code function a.b:c() … end}.
	 *
	 * @param target what is assigned
	 * @param function the function
	 */
	record Function(Expr target, Expr.Function function) implements Stat {
	}

	/**
	 * {@code local function f() … end}.
	 *
	 * @param variable the variable
	 * @param function the function
	 */
	record LocalFunction(LocalVariable variable, Expr.Function function) implements Stat {
	}

	/**
	 * {@code return x, y}.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param values the values in order
	 */
	record Return(int start, int end, List<Expr> values) implements Stat {
	}

	/**
	 * {@code break}.
	 */
	record Break() implements Stat {
	}

}
