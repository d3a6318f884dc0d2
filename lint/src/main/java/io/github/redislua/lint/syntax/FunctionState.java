package io.github.redislua.lint.syntax;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The scopes of one function while it is parsed ({@code FuncState} in the reference
 * implementation).
 */
final class FunctionState extends CodeModel {

	private static final int MAX_LOCALS = 200;

	private static final int MAX_UPVALUES = 60;

	private static final int MAX_LOCALS_EVER = 32_767;

	private static final int[] NONE = {};

	final @Nullable FunctionState enclosing;

	/** The line of the keyword, 0 for the main chunk. */
	final int line;

	boolean vararg;

	@Nullable Scope scope;

	private final Lexer lexer;

	private LocalVariable[] locals = new LocalVariable[16];

	private int[] upvalueKinds = NONE;

	private int[] upvalueInfos = NONE;

	private int upvalues;

	private int localsEver;

	FunctionState(Lexer lexer, @Nullable FunctionState enclosing, int line, boolean exact) {
		super(lexer, exact);
		this.lexer = lexer;
		this.enclosing = enclosing;
		this.line = line;
	}

	int upvalues() {
		return this.upvalues;
	}

	// Declares a variable that is not yet in scope: the nth of its statement.
	void declare(LocalVariable local, int n) throws LuaSyntaxException {
		if (this.localsEver >= MAX_LOCALS_EVER) {
			throw new LuaSyntaxException("too many local variables", 0, this.lexer.start, this.lexer.end, null);
		}
		this.localsEver++;
		checkLimit(this.activeLocals + n + 1, MAX_LOCALS, "local variables");
		if (this.activeLocals + n >= this.locals.length) {
			this.locals = Arrays.copyOf(this.locals, MAX_LOCALS);
		}
		this.locals[this.activeLocals + n] = local;
	}

	void checkLimit(int value, int limit, String what) throws LuaSyntaxException {
		if (value > limit) {
			String function = (this.line == 0) ? "main function" : "function at line " + this.line;
			throw this.lexer.limitError(function + " has more than " + limit + " " + what);
		}
	}

	void enter(Scope entered, boolean loop) {
		entered.loop = loop;
		entered.activeLocals = this.activeLocals;
		entered.outer = this.scope;
		this.scope = entered;
	}

	void leave(Scope left) throws LuaSyntaxException {
		this.scope = left.outer;
		this.activeLocals = left.activeLocals;
		if (left.captured) {
			emit();
		}
		this.freeRegister = this.activeLocals;
		patchToHere(left.breaks);
	}

	// Finds a variable; the result is null for a global. The lexer makes each name a
	// string
	// once, so that the same name is the same object.
	@SuppressWarnings("ReferenceEquality")
	@Nullable LocalVariable resolve(String name, ExpDesc e, boolean base) throws LuaSyntaxException {
		for (int i = this.activeLocals - 1; i >= 0; i--) {
			LocalVariable local = this.locals[i];
			if (local.name() == name) {
				e.init(ExpDesc.LOCAL, i);
				if (!base) {
					capture(i);
				}
				return local;
			}
		}
		LocalVariable found = (this.enclosing != null) ? this.enclosing.resolve(name, e, false) : null;
		if (found == null) {
			e.init(ExpDesc.GLOBAL, 0);
			return null;
		}
		e.info = upvalue(e);
		e.kind = ExpDesc.UPVALUE;
		return found;
	}

	private int upvalue(ExpDesc e) throws LuaSyntaxException {
		for (int i = 0; i < this.upvalues; i++) {
			if (this.upvalueKinds[i] == e.kind && this.upvalueInfos[i] == e.info) {
				return i;
			}
		}
		checkLimit(this.upvalues + 1, MAX_UPVALUES, "upvalues");
		if (this.upvalues == 0) {
			this.upvalueKinds = new int[MAX_UPVALUES];
			this.upvalueInfos = new int[MAX_UPVALUES];
		}
		this.upvalueKinds[this.upvalues] = e.kind;
		this.upvalueInfos[this.upvalues] = e.info;
		return this.upvalues++;
	}

	private void capture(int register) {
		Scope captured = this.scope;
		while (captured != null && captured.activeLocals > register) {
			captured = captured.outer;
		}
		if (captured != null) {
			captured.captured = true;
		}
	}

	/**
	 * A block.
	 */
	static final class Scope {

		@Nullable Scope outer;

		int breaks = NO_JUMP;

		int activeLocals;

		boolean captured;

		boolean loop;

	}

}
