package io.github.redislua.lint.syntax;

import org.jspecify.annotations.Nullable;

/**
 * The binary operators with their binding powers.
 */
public enum BinaryOperator {

	/**
	 * {@code +}.
	 */
	ADD(6, 6),

	/**
	 * {@code -}.
	 */
	SUB(6, 6),

	/**
	 * {@code *}.
	 */
	MUL(7, 7),

	/**
	 * {@code /}.
	 */
	DIV(7, 7),

	/**
	 * {@code %}.
	 */
	MOD(7, 7),

	/**
	 * {@code ^}.
	 */
	POW(10, 9),

	/**
	 * {@code ..}.
	 */
	CONCAT(5, 4),

	/**
	 * {@code ~=}.
	 */
	NE(3, 3),

	/**
	 * {@code ==}.
	 */
	EQ(3, 3),

	/**
	 * {@code <}.
	 */
	LT(3, 3),

	/**
	 * {@code <=}.
	 */
	LE(3, 3),

	/**
	 * {@code >}.
	 */
	GT(3, 3),

	/**
	 * {@code >=}.
	 */
	GE(3, 3),

	/**
	 * {@code and}.
	 */
	AND(2, 2),

	/**
	 * {@code or}.
	 */
	OR(1, 1);

	/** The binding power of the unary operators. */
	static final int UNARY = 8;

	/** How strongly the left operand is bound. */
	final int left;

	/** How strongly the right operand is bound. */
	final int right;

	BinaryOperator(int left, int right) {
		this.left = left;
		this.right = right;
	}

	/**
	 * Whether the result is {@code true} or {@code false}, whatever the operands.
	 * @return whether this compares
	 */
	public boolean isComparison() {
		return this.left == 3;
	}

	static @Nullable BinaryOperator of(int token) {
		return switch (token) {
			case '+' -> ADD;
			case '-' -> SUB;
			case '*' -> MUL;
			case '/' -> DIV;
			case '%' -> MOD;
			case '^' -> POW;
			case Tokens.CONCAT -> CONCAT;
			case Tokens.NE -> NE;
			case Tokens.EQ -> EQ;
			case '<' -> LT;
			case Tokens.LE -> LE;
			case '>' -> GT;
			case Tokens.GE -> GE;
			case Tokens.AND -> AND;
			case Tokens.OR -> OR;
			default -> null;
		};
	}

}
