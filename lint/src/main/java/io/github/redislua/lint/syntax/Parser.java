package io.github.redislua.lint.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Parses Lua 5.1 exactly as the reference implementation does: the same chunks are
 * accepted, and the others are refused at the same line with the same text. Names are
 * resolved on the way: each use of a local variable refers to its declaration.
 * <p>
 * The limits of the reference compiler's registers and jumps are counted only in a second
 * pass over those scripts that may be near them: few are, and counting costs as much as
 * parsing.
 */
public final class Parser extends ExpressionParser {

	/** With fewer tokens no jump is longer than the 131,071 instructions there may be. */
	private static final int NEAR_JUMPS = 30_000;

	private Parser(Lexer lexer, int level, boolean exact) {
		super(lexer, level, exact);
	}

	/**
	 * Parses a chunk as Redis does.
	 * @param source the bytes
	 * @param from the offset to start at, on the first line
	 * @return the syntax tree
	 * @throws LuaSyntaxException if the server would refuse it
	 */
	public static Chunk parse(byte[] source, int from) throws LuaSyntaxException {
		return parse(source, from, 0);
	}

	// The level is how much of the 200 levels the caller's C stack holds already.
	static Chunk parse(byte[] source, int from, int level) throws LuaSyntaxException {
		Parser parser = new Parser(new Lexer(source, from), level, false);
		try {
			Chunk chunk = parser.main();
			if (!parser.isRisky()) {
				return chunk;
			}
		}
		catch (LuaSyntaxException ex) {
			if (!parser.isRisky()) {
				throw ex;
			}
		}
		return new Parser(new Lexer(source, from), level, true).main();
	}

	private boolean isRisky() {
		measure();
		return this.risky || this.lexer.tokens >= NEAR_JUMPS;
	}

	private Chunk main() throws LuaSyntaxException {
		this.lexer.next();
		int first = this.lexer.start;
		Block block = chunk();
		check(Tokens.EOS);
		return new Chunk(block, this.locals, first, this.lexer.directives());
	}

	@Override
	Block chunk() throws LuaSyntaxException {
		List<Stat> statements = new ArrayList<>();
		enterLevel();
		boolean last = false;
		while (!last && !endsBlock()) {
			measure();
			this.statementStart = this.lexer.tokens;
			Stat statement = statement();
			statements.add(statement);
			last = statement instanceof Stat.Return || statement instanceof Stat.Break;
			testNext(';');
			this.lexer.afterLast = last;
			this.function.freeRegister = this.function.activeLocals;
		}
		measure();
		leaveLevel();
		return new Block(statements);
	}

	private boolean endsBlock() {
		return switch (this.lexer.token) {
			case Tokens.ELSE, Tokens.ELSEIF, Tokens.END, Tokens.UNTIL, Tokens.EOS -> true;
			default -> false;
		};
	}

	private Block block() throws LuaSyntaxException {
		FunctionState.Scope scope = new FunctionState.Scope();
		this.function.enter(scope, false);
		Block block = chunk();
		this.function.leave(scope);
		return block;
	}

	private Stat statement() throws LuaSyntaxException {
		int line = this.lexer.line;
		switch (this.lexer.token) {
			case Tokens.IF -> {
				return ifStatement(line);
			}
			case Tokens.WHILE -> {
				return whileStatement(line);
			}
			case Tokens.DO -> {
				this.lexer.next();
				Block body = block();
				checkMatch(Tokens.END, Tokens.DO, line);
				return new Stat.Do(body);
			}
			case Tokens.FOR -> {
				return forStatement(line);
			}
			case Tokens.REPEAT -> {
				return repeatStatement(line);
			}
			case Tokens.FUNCTION -> {
				return functionStatement(line);
			}
			case Tokens.LOCAL -> {
				this.lexer.next();
				return (this.lexer.token == Tokens.FUNCTION) ? localFunction() : local();
			}
			case Tokens.RETURN -> {
				return returnStatement();
			}
			case Tokens.BREAK -> {
				this.lexer.next();
				breakJump();
				return new Stat.Break();
			}
			default -> {
				return expressionStatement();
			}
		}
	}

	private int condition(ExpDesc e) throws LuaSyntaxException {
		if (e.kind == ExpDesc.NIL) {
			e.kind = ExpDesc.FALSE;
		}
		this.function.goIfTrue(e);
		return e.whenFalse;
	}

	private Stat ifStatement(int line) throws LuaSyntaxException {
		FunctionState f = this.function;
		List<Stat.Branch> branches = new ArrayList<>(2);
		Block otherwise = null;
		int escapes = CodeModel.NO_JUMP;
		int skip = branch(branches);
		while (this.lexer.token == Tokens.ELSEIF) {
			escapes = f.concat(escapes, f.jump());
			f.patchToHere(skip);
			skip = branch(branches);
		}
		if (this.lexer.token == Tokens.ELSE) {
			escapes = f.concat(escapes, f.jump());
			f.patchToHere(skip);
			int elseLine = this.lexer.line;
			this.lexer.next();
			if (this.lexer.token == Tokens.IF && this.lexer.elseIf == 0 && this.lexer.line == elseLine) {
				this.lexer.elseIf = elseLine;
			}
			otherwise = block();
		}
		else {
			escapes = f.concat(escapes, skip);
		}
		f.patchToHere(escapes);
		checkMatch(Tokens.END, Tokens.IF, line);
		return new Stat.If(branches, otherwise);
	}

	private int branch(List<Stat.Branch> branches) throws LuaSyntaxException {
		this.lexer.next();
		ExpDesc e = new ExpDesc();
		Expr condition = expression(e);
		int skip = condition(e);
		checkNext(Tokens.THEN);
		branches.add(new Stat.Branch(condition, block()));
		return skip;
	}

	private Stat whileStatement(int line) throws LuaSyntaxException {
		FunctionState f = this.function;
		this.lexer.next();
		int begin = f.label();
		ExpDesc e = new ExpDesc();
		Expr condition = expression(e);
		int exit = condition(e);
		FunctionState.Scope scope = new FunctionState.Scope();
		f.enter(scope, true);
		checkNext(Tokens.DO);
		Block body = block();
		f.patch(f.jump(), begin);
		checkMatch(Tokens.END, Tokens.WHILE, line);
		f.leave(scope);
		f.patchToHere(exit);
		return new Stat.While(condition, body);
	}

	private Stat repeatStatement(int line) throws LuaSyntaxException {
		FunctionState f = this.function;
		int begin = f.label();
		FunctionState.Scope loop = new FunctionState.Scope();
		f.enter(loop, true);
		FunctionState.Scope inner = new FunctionState.Scope();
		f.enter(inner, false);
		this.lexer.next();
		Block body = chunk();
		checkMatch(Tokens.UNTIL, Tokens.REPEAT, line);
		ExpDesc e = new ExpDesc();
		Expr condition = expression(e);
		int exit = condition(e);
		if (inner.captured) {
			breakJump();
			f.patchToHere(exit);
			f.leave(inner);
			f.patch(f.jump(), begin);
		}
		else {
			f.leave(inner);
			f.patch(exit, begin);
		}
		f.leave(loop);
		return new Stat.Repeat(body, condition);
	}

	private void breakJump() throws LuaSyntaxException {
		FunctionState f = this.function;
		FunctionState.Scope scope = f.scope;
		boolean captured = false;
		while (scope != null && !scope.loop) {
			captured |= scope.captured;
			scope = scope.outer;
		}
		if (scope == null) {
			throw this.lexer.syntaxError("no loop to break");
		}
		if (captured) {
			f.emit();
		}
		scope.breaks = f.concat(scope.breaks, f.jump());
	}

	private Stat forStatement(int line) throws LuaSyntaxException {
		FunctionState.Scope scope = new FunctionState.Scope();
		this.function.enter(scope, true);
		this.lexer.next();
		int start = this.lexer.start;
		LocalVariable first = newLocal(checkName(), start);
		Stat statement = switch (this.lexer.token) {
			case '=' -> numericFor(first);
			case ',', Tokens.IN -> genericFor(first);
			default -> throw this.lexer.syntaxError("'=' or 'in' expected");
		};
		checkMatch(Tokens.END, Tokens.FOR, line);
		this.function.leave(scope);
		return statement;
	}

	private void declareHidden(String... names) throws LuaSyntaxException {
		for (int i = 0; i < names.length; i++) {
			this.function.declare(newLocal(names[i], this.lexer.start), i);
		}
	}

	private Stat numericFor(LocalVariable variable) throws LuaSyntaxException {
		declareHidden("(for index)", "(for limit)", "(for step)");
		this.function.declare(variable, 3);
		checkNext('=');
		Expr from = registerExpression();
		checkNext(',');
		Expr to = registerExpression();
		Expr step = null;
		if (testNext(',')) {
			step = registerExpression();
		}
		else {
			this.function.numberConstant(1);
			this.function.emit();
			this.function.reserve(1);
		}
		Block body = forBody(1, true);
		return new Stat.NumericFor(variable, from, to, step, body);
	}

	private Expr registerExpression() throws LuaSyntaxException {
		ExpDesc e = new ExpDesc();
		Expr expr = expression(e);
		this.function.toNextRegister(e);
		return expr;
	}

	private Stat genericFor(LocalVariable first) throws LuaSyntaxException {
		declareHidden("(for generator)", "(for state)", "(for control)");
		List<LocalVariable> variables = new ArrayList<>(2);
		this.function.declare(first, 3);
		variables.add(first);
		while (testNext(',')) {
			variables.add(declareName(3 + variables.size()));
		}
		checkNext(Tokens.IN);
		ExpDesc e = new ExpDesc();
		List<Expr> values = expressions(e);
		adjust(3, values.size(), e);
		this.function.checkStack(3);
		Block body = forBody(variables.size(), false);
		return new Stat.GenericFor(variables, values, body);
	}

	private Block forBody(int variables, boolean numeric) throws LuaSyntaxException {
		FunctionState f = this.function;
		f.activeLocals += 3;
		checkNext(Tokens.DO);
		int prepare = numeric ? f.emit(CodeModel.OTHER, 0, CodeModel.NO_JUMP) : f.jump();
		FunctionState.Scope scope = new FunctionState.Scope();
		f.enter(scope, false);
		f.activeLocals += variables;
		f.reserve(variables);
		Block body = block();
		f.leave(scope);
		f.patchToHere(prepare);
		int end;
		if (numeric) {
			end = f.emit(CodeModel.OTHER, 0, CodeModel.NO_JUMP);
		}
		else {
			f.emit(CodeModel.COMPARE, 0, 0);
			end = f.jump();
		}
		f.patch(end, prepare + 1);
		return body;
	}

	private Stat functionStatement(int line) throws LuaSyntaxException {
		this.lexer.next();
		int start = this.lexer.start;
		ExpDesc variable = new ExpDesc();
		Expr target = variable(variable);
		boolean method = false;
		while (this.lexer.token == '.') {
			target = field(variable, target);
		}
		if (this.lexer.token == ':') {
			method = true;
			target = field(variable, target);
		}
		ExpDesc e = new ExpDesc();
		Expr.Function function = body(e, start, method, line);
		this.function.assign(variable, e);
		return new Stat.Function(target, function);
	}

	private Stat localFunction() throws LuaSyntaxException {
		FunctionState f = this.function;
		int start = this.lexer.start;
		this.lexer.next();
		LocalVariable local = declareName(0);
		ExpDesc variable = new ExpDesc();
		variable.init(ExpDesc.LOCAL, f.freeRegister);
		f.reserve(1);
		f.activeLocals++;
		ExpDesc e = new ExpDesc();
		Expr.Function function = body(e, start, false, this.lexer.line);
		f.assign(variable, e);
		return new Stat.LocalFunction(local, function);
	}

	private Stat local() throws LuaSyntaxException {
		List<LocalVariable> variables = new ArrayList<>(1);
		do {
			variables.add(declareName(variables.size()));
		}
		while (testNext(','));
		ExpDesc e = new ExpDesc();
		List<Expr> values = testNext('=') ? expressions(e) : List.of();
		adjust(variables.size(), values.size(), e);
		this.function.activeLocals += variables.size();
		return new Stat.Local(variables, values);
	}

	private void adjust(int variables, int values, ExpDesc e) throws LuaSyntaxException {
		FunctionState f = this.function;
		int extra = variables - values;
		if (e.isMultiple()) {
			extra = Math.max(extra + 1, 0);
			f.setReturns(e);
			if (extra > 1) {
				f.reserve(extra - 1);
			}
			return;
		}
		if (e.kind != ExpDesc.VOID) {
			f.toNextRegister(e);
		}
		if (extra > 0) {
			int register = f.freeRegister;
			f.reserve(extra);
			f.loadNil(register, extra);
		}
	}

	private Stat returnStatement() throws LuaSyntaxException {
		FunctionState f = this.function;
		int start = this.lexer.start;
		this.lexer.next();
		List<Expr> values = List.of();
		if (!endsBlock() && this.lexer.token != ';') {
			ExpDesc e = new ExpDesc();
			values = expressions(e);
			if (e.isMultiple()) {
				f.setReturns(e);
			}
			else if (values.size() == 1) {
				f.toAnyRegister(e);
			}
			else {
				f.toNextRegister(e);
			}
		}
		f.emit();
		return new Stat.Return(start, this.lexer.previousEnd, values);
	}

	private Stat expressionStatement() throws LuaSyntaxException {
		Target target = new Target(null);
		Expr expr = primary(target);
		if (target.kind == ExpDesc.CALL) {
			return new Stat.Call((Expr.Call) expr);
		}
		List<Expr> targets = new ArrayList<>(1);
		targets.add(expr);
		List<Expr> values = assignment(target, targets);
		return new Stat.Assign(targets, values);
	}

	private List<Expr> assignment(Target target, List<Expr> targets) throws LuaSyntaxException {
		FunctionState f = this.function;
		if (target.kind < ExpDesc.LOCAL || target.kind > ExpDesc.INDEXED) {
			throw this.lexer.syntaxError("syntax error");
		}
		ExpDesc e = new ExpDesc();
		List<Expr> values;
		if (testNext(',')) {
			Target next = new Target(target);
			targets.add(primary(next));
			if (next.kind == ExpDesc.LOCAL) {
				checkConflict(target, next);
			}
			f.checkLimit(targets.size() - 1, 200 - this.level, "variables in assignment");
			values = assignment(next, targets);
		}
		else {
			checkNext('=');
			values = expressions(e);
			int count = targets.size();
			if (values.size() == count) {
				f.setOneReturn(e);
				f.assign(target, e);
				return values;
			}
			adjust(count, values.size(), e);
			if (values.size() > count) {
				f.freeRegister -= values.size() - count;
			}
		}
		e.init(ExpDesc.REGISTER, f.freeRegister - 1);
		f.assign(target, e);
		return values;
	}

	private void checkConflict(@Nullable Target targets, ExpDesc local) throws LuaSyntaxException {
		int extra = this.function.freeRegister;
		boolean conflict = false;
		for (Target target = targets; target != null; target = target.previous) {
			if (target.kind == ExpDesc.INDEXED) {
				if (target.info == local.info) {
					conflict = true;
					target.info = extra;
				}
				if (target.aux == local.info) {
					conflict = true;
					target.aux = extra;
				}
			}
		}
		if (conflict) {
			this.function.emit();
			this.function.reserve(1);
		}
	}

	/**
	 * A variable on the left of an assignment.
	 */
	private static final class Target extends ExpDesc {

		private final @Nullable Target previous;

		Target(@Nullable Target previous) {
			this.previous = previous;
		}

	}

}
