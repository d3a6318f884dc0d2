package io.github.redislua.lint.syntax;

/**
 * What the reference compiler does with the expressions and statements of a function
 * ({@code lcode.c}), as far as every script needs it: to tell variables from values. What
 * a script near the limits needs is in {@link CountingFunction}. That one is loaded only
 * then, so that the calls of these methods cost nothing.
 */
abstract class CodeModel {

	static final int NO_JUMP = -1;

	static final int FIELDS_PER_FLUSH = 50;

	// Only the instructions that the compiler looks at again have a number of their own.
	static final int OTHER = 0;

	static final int COMPARE = 5;

	/** The first free register. */
	int freeRegister;

	/** How many local variables are in scope. */
	int activeLocals;

	int emit(int opcode, int a, int b) throws LuaSyntaxException {
		return 0;
	}

	int emit() throws LuaSyntaxException {
		return 0;
	}

	void loadNil(int from, int count) throws LuaSyntaxException {
	}

	int jump() throws LuaSyntaxException {
		return NO_JUMP;
	}

	int label() {
		return 0;
	}

	void patch(int list, int target) throws LuaSyntaxException {
	}

	void patchToHere(int list) throws LuaSyntaxException {
	}

	int concat(int first, int second) throws LuaSyntaxException {
		return NO_JUMP;
	}

	void reserve(int count) throws LuaSyntaxException {
	}

	void checkStack(int count) throws LuaSyntaxException {
	}

	int constant(Object value) throws LuaSyntaxException {
		return 0;
	}

	int numberConstant(double value) throws LuaSyntaxException {
		return 0;
	}

	void setReturns(ExpDesc e) throws LuaSyntaxException {
	}

	void setOneReturn(ExpDesc e) {
	}

	void discharge(ExpDesc e) throws LuaSyntaxException {
		e.kind = ExpDesc.RELOCATABLE;
	}

	void toNextRegister(ExpDesc e) throws LuaSyntaxException {
	}

	int toAnyRegister(ExpDesc e) throws LuaSyntaxException {
		return 0;
	}

	void toValue(ExpDesc e) throws LuaSyntaxException {
	}

	int toOperand(ExpDesc e) throws LuaSyntaxException {
		return 0;
	}

	void assign(ExpDesc variable, ExpDesc e) throws LuaSyntaxException {
	}

	void self(ExpDesc e, ExpDesc key) throws LuaSyntaxException {
	}

	void goIfTrue(ExpDesc e) throws LuaSyntaxException {
	}

	void indexed(ExpDesc table, ExpDesc key) throws LuaSyntaxException {
		table.kind = ExpDesc.INDEXED;
	}

	void prefix(Expr.UnaryOperator operator, ExpDesc e) throws LuaSyntaxException {
		e.kind = ExpDesc.RELOCATABLE;
	}

	void infix(BinaryOperator operator, ExpDesc e) throws LuaSyntaxException {
	}

	void postfix(BinaryOperator operator, ExpDesc left, ExpDesc right) throws LuaSyntaxException {
		left.kind = ExpDesc.RELOCATABLE;
	}

	void setList(int base, int elements) throws LuaSyntaxException {
	}

	static boolean flush(int pendingFields) {
		return pendingFields == FIELDS_PER_FLUSH;
	}

}
