package io.github.redislua.lint.model;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;

/**
 * A read of {@code KEYS[n]} or {@code ARGV[n]} with a number that is written down.
 */
public final class ArrayRead {

	final Expr.Index expr;

	final double index;

	/** Whether it is asked here whether it is there. */
	final boolean tested;

	/** The variable it goes to. */
	@Nullable LocalVariable target;

	ArrayRead(Expr.Index expr, double index, boolean tested) {
		this.expr = expr;
		this.index = index;
		this.tested = tested;
	}

	/**
	 * The expression.
	 * @return the expression
	 */
	public Expr.Index expr() {
		return this.expr;
	}

	/**
	 * The number, as it is written.
	 * @return the number
	 */
	public double index() {
		return this.index;
	}

}
