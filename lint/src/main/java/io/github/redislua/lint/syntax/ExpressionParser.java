package io.github.redislua.lint.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Expressions ({@code lparser.c}), in the reference implementation's order of checks.
 */
abstract class ExpressionParser {

	private static final int MAX_LEVELS = 200;

	/** Somewhat below the 250 registers there are. */
	private static final int NEAR_REGISTERS = 225;

	final Lexer lexer;

	FunctionState function;

	/** How many variables were declared so far in the chunk. */
	int locals;

	/**
	 * How deep blocks and expressions are nested, with what the caller's C stack holds.
	 */
	int level;

	private @Nullable BinaryOperator nextOperator;

	/** Whether the script may be near a limit of registers or jumps. */
	boolean risky;

	/**
	 * How many tokens were read before the statement; those of inner functions are left
	 * out.
	 */
	int statementStart;

	private final boolean exact;

	ExpressionParser(Lexer lexer, int level, boolean exact) {
		this.lexer = lexer;
		this.level = level;
		this.exact = exact;
		this.function = newFunction(null, 0);
		this.function.vararg = true;
	}

	private FunctionState newFunction(@Nullable FunctionState enclosing, int line) {
		return this.exact ? CountingFunction.create(this.lexer, enclosing, line)
				: new FunctionState(this.lexer, enclosing, line);
	}

	abstract Block chunk() throws LuaSyntaxException;

	/**
	 * Looks whether the statement that was read may need too many registers: no token
	 * takes more than one, besides the variables.
	 */
	final void measure() {
		if (this.function.activeLocals + this.lexer.tokens - this.statementStart >= NEAR_REGISTERS) {
			this.risky = true;
		}
	}

	final void enterLevel() throws LuaSyntaxException {
		if (++this.level > MAX_LEVELS) {
			throw this.lexer.limitError("chunk has too many syntax levels");
		}
	}

	final void leaveLevel() {
		this.level--;
	}

	final boolean testNext(int token) throws LuaSyntaxException {
		if (this.lexer.token != token) {
			return false;
		}
		this.lexer.next();
		return true;
	}

	final void check(int token) throws LuaSyntaxException {
		if (this.lexer.token != token) {
			throw expected(token);
		}
	}

	final void checkNext(int token) throws LuaSyntaxException {
		check(token);
		this.lexer.next();
	}

	final void checkMatch(int what, int who, int where) throws LuaSyntaxException {
		if (!testNext(what)) {
			if (where == this.lexer.line) {
				throw expected(what);
			}
			throw this.lexer.syntaxError(
					"'" + Tokens.text(what) + "' expected (to close '" + Tokens.text(who) + "' at line " + where + ")");
		}
	}

	private LuaSyntaxException expected(int token) {
		return this.lexer.syntaxError("'" + Tokens.text(token) + "' expected");
	}

	final String checkName() throws LuaSyntaxException {
		check(Tokens.NAME);
		String name = this.lexer.string;
		this.lexer.next();
		return name;
	}

	final LocalVariable newLocal(String name, int start) {
		return new LocalVariable(name, this.locals++, start);
	}

	// Reads a name and declares it as the nth variable of its statement.
	final LocalVariable declareName(int n) throws LuaSyntaxException {
		int start = this.lexer.start;
		LocalVariable local = newLocal(checkName(), start);
		this.function.declare(local, n);
		return local;
	}

	final Expr.Name variable(ExpDesc e) throws LuaSyntaxException {
		int start = this.lexer.start;
		int end = this.lexer.end;
		String name = checkName();
		LocalVariable local = this.function.resolve(name, e, true);
		if (e.kind == ExpDesc.GLOBAL) {
			e.info = this.function.constant(name);
		}
		return new Expr.Name(start, end, name, local);
	}

	final Expr field(ExpDesc e, Expr object) throws LuaSyntaxException {
		this.function.toAnyRegister(e);
		this.lexer.next();
		Expr.Str key = fieldName();
		ExpDesc k = new ExpDesc();
		k.init(ExpDesc.CONSTANT, this.function.constant(key.value()));
		this.function.indexed(e, k);
		return new Expr.Index(object.start(), key.end(), object, key);
	}

	private Expr.Str fieldName() throws LuaSyntaxException {
		int start = this.lexer.start;
		int end = this.lexer.end;
		return new Expr.Str(start, end, checkName());
	}

	private Expr bracketed(ExpDesc e) throws LuaSyntaxException {
		this.lexer.next();
		Expr key = expression(e);
		this.function.toValue(e);
		checkNext(']');
		return key;
	}

	final Expr expression(ExpDesc e) throws LuaSyntaxException {
		return subexpression(e, 0);
	}

	// Reads at least one expression into the list; all but the last go to registers.
	final List<Expr> expressions(ExpDesc e) throws LuaSyntaxException {
		Expr first = expression(e);
		if (this.lexer.token != ',') {
			return List.of(first);
		}
		List<Expr> list = new ArrayList<>();
		list.add(first);
		while (testNext(',')) {
			this.function.toNextRegister(e);
			list.add(expression(e));
		}
		return list;
	}

	private Expr subexpression(ExpDesc e, int limit) throws LuaSyntaxException {
		enterLevel();
		Expr expr;
		int token = this.lexer.token;
		if (token == Tokens.NOT || token == '-' || token == '#') {
			expr = unary(e, token);
		}
		else {
			expr = simple(e);
			this.nextOperator = BinaryOperator.of(this.lexer.token);
		}
		BinaryOperator operator = this.nextOperator;
		if (operator != null && operator.left > limit) {
			expr = binary(e, expr, operator, limit);
		}
		leaveLevel();
		return expr;
	}

	private Expr unary(ExpDesc e, int token) throws LuaSyntaxException {
		Expr.UnaryOperator operator = switch (token) {
			case Tokens.NOT -> Expr.UnaryOperator.NOT;
			case '-' -> Expr.UnaryOperator.MINUS;
			default -> Expr.UnaryOperator.LENGTH;
		};
		int start = this.lexer.start;
		this.lexer.next();
		Expr operand = subexpression(e, BinaryOperator.UNARY);
		this.function.prefix(operator, e);
		return new Expr.Unary(start, operand.end(), operator, operand);
	}

	private Expr binary(ExpDesc e, Expr first, BinaryOperator firstOperator, int limit) throws LuaSyntaxException {
		Expr left = first;
		BinaryOperator operator = firstOperator;
		while (operator != null && operator.left > limit) {
			this.lexer.next();
			this.function.infix(operator, e);
			ExpDesc e2 = new ExpDesc();
			Expr right = subexpression(e2, operator.right);
			this.function.postfix(operator, e, e2);
			left = new Expr.Binary(left.start(), right.end(), operator, left, right);
			operator = this.nextOperator;
		}
		return left;
	}

	private Expr simple(ExpDesc e) throws LuaSyntaxException {
		int start = this.lexer.start;
		int end = this.lexer.end;
		Expr result;
		switch (this.lexer.token) {
			case Tokens.NUMBER -> {
				e.number(this.lexer.number);
				result = new Expr.Num(start, end, this.lexer.number);
			}
			case Tokens.STRING -> {
				e.init(ExpDesc.CONSTANT, this.function.constant(this.lexer.string));
				result = new Expr.Str(start, end, this.lexer.string);
			}
			case Tokens.NIL -> {
				e.init(ExpDesc.NIL, 0);
				result = new Expr.Nil(start, end);
			}
			case Tokens.TRUE -> {
				e.init(ExpDesc.TRUE, 0);
				result = new Expr.Bool(start, end, true);
			}
			case Tokens.FALSE -> {
				e.init(ExpDesc.FALSE, 0);
				result = new Expr.Bool(start, end, false);
			}
			case Tokens.DOTS -> {
				if (!this.function.vararg) {
					throw this.lexer.syntaxError("cannot use '...' outside a vararg function");
				}
				e.init(ExpDesc.VARARG, this.function.emit());
				result = new Expr.Vararg(start, end);
			}
			case '{' -> {
				return table(e);
			}
			case Tokens.FUNCTION -> {
				int line = this.lexer.line;
				this.lexer.next();
				return body(e, start, false, line);
			}
			default -> {
				return primary(e);
			}
		}
		this.lexer.next();
		return result;
	}

	final Expr primary(ExpDesc e) throws LuaSyntaxException {
		Expr expr = prefix(e);
		while (true) {
			switch (this.lexer.token) {
				case '.' -> expr = field(e, expr);
				case '[' -> {
					this.function.toAnyRegister(e);
					ExpDesc k = new ExpDesc();
					Expr key = bracketed(k);
					this.function.indexed(e, k);
					expr = new Expr.Index(expr.start(), this.lexer.previousEnd, expr, key);
				}
				case ':' -> {
					this.lexer.next();
					Expr.Str method = fieldName();
					ExpDesc k = new ExpDesc();
					k.init(ExpDesc.CONSTANT, this.function.constant(method.value()));
					this.function.self(e, k);
					expr = call(e, expr, method.value());
				}
				case '(', Tokens.STRING, '{' -> {
					this.function.toNextRegister(e);
					expr = call(e, expr, null);
				}
				default -> {
					return expr;
				}
			}
		}
	}

	private Expr prefix(ExpDesc e) throws LuaSyntaxException {
		if (this.lexer.token == Tokens.NAME) {
			return variable(e);
		}
		if (this.lexer.token != '(') {
			throw this.lexer.syntaxError("unexpected symbol");
		}
		int line = this.lexer.line;
		int start = this.lexer.start;
		this.lexer.next();
		Expr inner = expression(e);
		checkMatch(')', '(', line);
		this.function.discharge(e);
		return new Expr.Paren(start, this.lexer.previousEnd, inner);
	}

	private Expr call(ExpDesc e, Expr callee, @Nullable String method) throws LuaSyntaxException {
		int line = this.lexer.line;
		List<Expr> arguments;
		ExpDesc a = new ExpDesc();
		switch (this.lexer.token) {
			case '(' -> {
				if (line != this.lexer.lastLine) {
					throw this.lexer.syntaxError("ambiguous syntax (function call x new statement)");
				}
				this.lexer.next();
				if (this.lexer.token == ')') {
					arguments = List.of();
				}
				else {
					arguments = expressions(a);
					// C sets "all results" here, which takes a register for "...".
					if (a.isMultiple()) {
						this.function.setReturns(a);
					}
				}
				checkMatch(')', '(', line);
			}
			case '{' -> arguments = List.of(table(a));
			case Tokens.STRING -> {
				a.init(ExpDesc.CONSTANT, this.function.constant(this.lexer.string));
				arguments = List.of(new Expr.Str(this.lexer.start, this.lexer.end, this.lexer.string));
				this.lexer.next();
			}
			default -> throw this.lexer.syntaxError("function arguments expected");
		}
		int base = e.info;
		if (!a.isMultiple() && a.kind != ExpDesc.VOID) {
			this.function.toNextRegister(a);
		}
		e.init(ExpDesc.CALL, this.function.emit(CodeModel.OTHER, base, 0));
		this.function.freeRegister = base + 1;
		return new Expr.Call(callee.start(), this.lexer.previousEnd, callee, method, arguments);
	}

	private Expr table(ExpDesc e) throws LuaSyntaxException {
		int start = this.lexer.start;
		int line = this.lexer.line;
		FunctionState f = this.function;
		e.init(ExpDesc.RELOCATABLE, f.emit());
		f.toNextRegister(e);
		List<Expr.Field> fields = new ArrayList<>();
		ExpDesc item = new ExpDesc();
		int stored = 0;
		int pending = 0;
		checkNext('{');
		while (this.lexer.token != '}') {
			if (item.kind != ExpDesc.VOID) {
				f.toNextRegister(item);
				item.init(ExpDesc.VOID, 0);
				if (CodeModel.flush(pending)) {
					f.setList(e.info, stored);
					pending = 0;
				}
			}
			if (this.lexer.token == '[' || this.lexer.token == Tokens.NAME && this.lexer.lookahead() == '=') {
				fields.add(keyed());
			}
			else {
				fields.add(new Expr.Field(null, expression(item)));
				stored++;
				pending++;
			}
			if (!testNext(',') && !testNext(';')) {
				break;
			}
		}
		checkMatch('}', '{', line);
		if (pending > 0) {
			if (item.isMultiple()) {
				f.setReturns(item);
			}
			else if (item.kind != ExpDesc.VOID) {
				f.toNextRegister(item);
			}
			f.setList(e.info, stored);
		}
		return new Expr.Table(start, this.lexer.previousEnd, fields);
	}

	private Expr.Field keyed() throws LuaSyntaxException {
		FunctionState f = this.function;
		int register = f.freeRegister;
		ExpDesc k = new ExpDesc();
		Expr key;
		if (this.lexer.token == Tokens.NAME) {
			Expr.Str name = fieldName();
			k.init(ExpDesc.CONSTANT, f.constant(name.value()));
			key = name;
		}
		else {
			key = bracketed(k);
		}
		checkNext('=');
		f.toOperand(k);
		ExpDesc v = new ExpDesc();
		Expr value = expression(v);
		f.toOperand(v);
		f.emit();
		f.freeRegister = register;
		return new Expr.Field(key, value);
	}

	// Parameters and statements of a function, up to its end.
	final Expr.Function body(ExpDesc e, int start, boolean method, int line) throws LuaSyntaxException {
		measure();
		int own = this.lexer.tokens - this.statementStart;
		FunctionState outer = this.function;
		FunctionState inner = newFunction(outer, line);
		this.function = inner;
		checkNext('(');
		List<LocalVariable> parameters = new ArrayList<>();
		if (method) {
			LocalVariable self = newLocal(NameTable.SELF, this.lexer.start);
			inner.declare(self, 0);
			inner.activeLocals = 1;
			parameters.add(self);
		}
		parameters(parameters);
		checkNext(')');
		Block block = chunk();
		checkMatch(Tokens.END, Tokens.FUNCTION, line);
		inner.emit();
		this.function = outer;
		this.statementStart = this.lexer.tokens - own;
		e.init(ExpDesc.RELOCATABLE, outer.emit());
		for (int i = 0; i < inner.upvalues(); i++) {
			outer.emit();
		}
		return new Expr.Function(start, this.lexer.previousEnd, parameters, inner.vararg, block);
	}

	private void parameters(List<LocalVariable> parameters) throws LuaSyntaxException {
		FunctionState f = this.function;
		int n = 0;
		if (this.lexer.token != ')') {
			do {
				if (this.lexer.token == Tokens.NAME) {
					parameters.add(declareName(n++));
				}
				else if (this.lexer.token == Tokens.DOTS) {
					this.lexer.next();
					// Lua 5.0's table of the extra arguments, still there in 5.1.
					f.declare(newLocal(NameTable.ARG, this.lexer.previousStart), n++);
					f.vararg = true;
				}
				else {
					throw this.lexer.syntaxError("<name> or '...' expected");
				}
			}
			while (!f.vararg && testNext(','));
		}
		f.activeLocals += n;
		f.reserve(f.activeLocals);
	}

}
