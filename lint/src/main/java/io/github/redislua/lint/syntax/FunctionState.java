package io.github.redislua.lint.syntax;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The scopes of one function while it is parsed ({@code FuncState} in the reference
 * implementation).
 */
class FunctionState extends CodeModel {

	private static final int MAX_LOCALS = 200;

	private static final int MAX_UPVALUES = 60;

	private static final int MAX_LOCALS_EVER = 32_767;

	final @Nullable FunctionState enclosing;

	/** The line of the keyword, 0 for the main chunk. */
	final int line;

	boolean vararg;

	@Nullable Scope scope;

	final Lexer lexer;

	private LocalVariable[] locals = new LocalVariable[16];

	/**
	 * The names of the variables, from 1: at 0 is what is searched, so that each search
	 * ends. Nothing else is done as often, and a loop without bounds is compiled soon.
	 */
	private @Nullable String[] names = new String[17];

	/** The variables of enclosing functions, and room for what is searched. */
	private @Nullable LocalVariable[] upvalues = new LocalVariable[4];

	private int upvalueCount;

	private int localsEver;

	FunctionState(Lexer lexer, @Nullable FunctionState enclosing, int line) {
		this.lexer = lexer;
		this.enclosing = enclosing;
		this.line = line;
	}

	int upvalues() {
		return this.upvalueCount;
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
			this.names = Arrays.copyOf(this.names, MAX_LOCALS + 1);
		}
		this.locals[this.activeLocals + n] = local;
		this.names[this.activeLocals + n + 1] = local.name();
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

	// Finds a variable; the result is null for a global.
	@Nullable LocalVariable resolve(String name, ExpDesc e, boolean base) throws LuaSyntaxException {
		int i = lastIndexOf(name);
		if (i >= 0) {
			e.init(ExpDesc.LOCAL, i);
			if (!base) {
				capture(i);
			}
			return this.locals[i];
		}
		LocalVariable found = (this.enclosing != null) ? this.enclosing.resolve(name, e, false) : null;
		if (found == null) {
			e.init(ExpDesc.GLOBAL, 0);
			return null;
		}
		e.info = upvalue(found);
		e.kind = ExpDesc.UPVALUE;
		return found;
	}

	// The lexer makes each name a string once, so that the same name is the same object.
	@SuppressWarnings("ReferenceEquality")
	private int lastIndexOf(String name) {
		@Nullable String[] all = this.names;
		all[0] = name;
		int i = this.activeLocals;
		while (all[i] != name) {
			i--;
		}
		return i - 1;
	}

	private int upvalue(LocalVariable variable) throws LuaSyntaxException {
		@Nullable LocalVariable[] all = this.upvalues;
		all[this.upvalueCount] = variable;
		int i = 0;
		while (all[i] != variable) {
			i++;
		}
		if (i == this.upvalueCount) {
			checkLimit(i + 1, MAX_UPVALUES, "upvalues");
			this.upvalueCount++;
			if (this.upvalueCount == all.length) {
				this.upvalues = Arrays.copyOf(all, all.length * 2);
			}
		}
		return i;
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
