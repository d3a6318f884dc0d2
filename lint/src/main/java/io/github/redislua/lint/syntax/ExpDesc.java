package io.github.redislua.lint.syntax;

/**
 * Where the value of an expression is while it is compiled ({@code expdesc} in the
 * reference implementation).
 */
class ExpDesc {

	static final int VOID = 0;

	static final int NIL = 1;

	static final int TRUE = 2;

	static final int FALSE = 3;

	static final int CONSTANT = 4;

	static final int NUMBER = 5;

	static final int LOCAL = 6;

	static final int UPVALUE = 7;

	static final int GLOBAL = 8;

	static final int INDEXED = 9;

	static final int JUMP = 10;

	static final int RELOCATABLE = 11;

	static final int REGISTER = 12;

	static final int CALL = 13;

	static final int VARARG = 14;

	int kind;

	/** A register, constant, instruction or upvalue, by kind. */
	int info;

	/** The key of an INDEXED, a register or constant. */
	int aux;

	/** The value of a NUMBER. */
	double value;

	/** Jumps taken where the expression is true, and where it is false. */
	int whenTrue = CodeModel.NO_JUMP;

	int whenFalse = CodeModel.NO_JUMP;

	void init(int kind, int info) {
		this.kind = kind;
		this.info = info;
		this.whenTrue = CodeModel.NO_JUMP;
		this.whenFalse = CodeModel.NO_JUMP;
	}

	void number(double value) {
		init(NUMBER, 0);
		this.value = value;
	}

	void copy(ExpDesc other) {
		this.kind = other.kind;
		this.info = other.info;
		this.aux = other.aux;
		this.value = other.value;
		this.whenTrue = other.whenTrue;
		this.whenFalse = other.whenFalse;
	}

	boolean hasJumps() {
		return this.whenTrue != this.whenFalse;
	}

	boolean isNumeral() {
		return this.kind == NUMBER && this.whenTrue == CodeModel.NO_JUMP && this.whenFalse == CodeModel.NO_JUMP;
	}

	boolean isMultiple() {
		return this.kind == CALL || this.kind == VARARG;
	}

}
