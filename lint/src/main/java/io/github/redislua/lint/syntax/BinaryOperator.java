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

	private static final @Nullable BinaryOperator[] OF_TOKENS = ofTokens();

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
		return OF_TOKENS[token];
	}

	private static @Nullable BinaryOperator[] ofTokens() {
		@Nullable BinaryOperator[] operators = new BinaryOperator[Tokens.EOS + 1];
		operators['+'] = ADD;
		operators['-'] = SUB;
		operators['*'] = MUL;
		operators['/'] = DIV;
		operators['%'] = MOD;
		operators['^'] = POW;
		operators[Tokens.CONCAT] = CONCAT;
		operators[Tokens.NE] = NE;
		operators[Tokens.EQ] = EQ;
		operators['<'] = LT;
		operators[Tokens.LE] = LE;
		operators['>'] = GT;
		operators[Tokens.GE] = GE;
		operators[Tokens.AND] = AND;
		operators[Tokens.OR] = OR;
		return operators;
	}

}
