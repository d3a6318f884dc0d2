package io.github.redislua.lint.syntax;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Registers, constants and jumps of one function as the reference compiler would use them
 * ({@code lcode.c}). Nothing is compiled here; but that compiler's limits (250 registers,
 * 131,071 instructions across a jump, 262,143 constants) are limits of the language: a
 * script beyond them is refused, and only by counting the same way is the answer the
 * same. Most scripts are far from them: the parser has them counted only where a script
 * may be near (see {@link Parser}).
 */
final class CountingFunction extends FunctionState {

	private static final int NO_REGISTER = 255;

	private static final int MAX_STACK = 250;

	private static final int MAX_JUMP = 131_071;

	private static final int MAX_CONSTANTS = 262_143;

	private static final int MAX_CONSTANT_OPERAND = 255;

	private static final int MAX_SET_LIST = 511;

	/** Set on an operand that is a constant. */
	private static final int CONSTANT_BIT = 256;

	private static final Object NIL = new Object();

	// Instructions that the compiler looks at again, besides those of the code model.
	private static final int LOADNIL = 1;

	private static final int NOT = 2;

	private static final int CONCAT = 3;

	private static final int JMP = 4;

	private static final int TEST = 6;

	private static final int TESTSET = 7;

	private final Map<Object, Integer> constants = new HashMap<>();

	private int[] opcodes = new int[64];

	private int[] a = new int[64];

	private int[] b = new int[64];

	/**
	 * The last jump of the list that begins with an instruction: long lists are not
	 * walked for each addition.
	 */
	private int[] tail = new int[64];

	private int pc;

	private int lastTarget = -1;

	/** Jumps to the next instruction. */
	private int pending = NO_JUMP;

	private int maxStack = 2;

	private CountingFunction(Lexer lexer, @Nullable FunctionState enclosing, int line) {
		super(lexer, enclosing, line);
	}

	static FunctionState create(Lexer lexer, @Nullable FunctionState enclosing, int line) {
		return new CountingFunction(lexer, enclosing, line);
	}

	@Override
	int emit(int opcode, int a, int b) throws LuaSyntaxException {
		patchAll(this.pending, this.pc, NO_REGISTER, this.pc);
		this.pending = NO_JUMP;
		if (this.pc == this.opcodes.length) {
			this.opcodes = Arrays.copyOf(this.opcodes, this.pc * 2);
			this.a = Arrays.copyOf(this.a, this.pc * 2);
			this.b = Arrays.copyOf(this.b, this.pc * 2);
			this.tail = Arrays.copyOf(this.tail, this.pc * 2);
		}
		this.opcodes[this.pc] = opcode;
		this.a[this.pc] = a;
		this.b[this.pc] = b;
		this.tail[this.pc] = this.pc;
		return this.pc++;
	}

	@Override
	int emit() throws LuaSyntaxException {
		return emit(OTHER, 0, 0);
	}

	@Override
	void loadNil(int from, int count) throws LuaSyntaxException {
		if (this.pc > this.lastTarget) {
			if (this.pc == 0) {
				if (from >= this.activeLocals) {
					return;
				}
			}
			else if (this.opcodes[this.pc - 1] == LOADNIL) {
				int previous = this.pc - 1;
				if (this.a[previous] <= from && from <= this.b[previous] + 1) {
					this.b[previous] = Math.max(this.b[previous], from + count - 1);
					return;
				}
			}
		}
		emit(LOADNIL, from, from + count - 1);
	}

	@Override
	int jump() throws LuaSyntaxException {
		int held = this.pending;
		this.pending = NO_JUMP;
		int jump = emit(JMP, 0, NO_JUMP);
		return concat(jump, held);
	}

	private int conditionalJump(int opcode, int a, int b) throws LuaSyntaxException {
		emit(opcode, a, b);
		return jump();
	}

	private void fixJump(int at, int target) throws LuaSyntaxException {
		int offset = target - (at + 1);
		if (Math.abs(offset) > MAX_JUMP) {
			throw this.lexer.syntaxError("control structure too long");
		}
		this.b[at] = offset;
	}

	@Override
	int label() {
		this.lastTarget = this.pc;
		return this.pc;
	}

	private int target(int jump) {
		int offset = this.b[jump];
		return (offset != NO_JUMP) ? jump + 1 + offset : NO_JUMP;
	}

	private int control(int jump) {
		if (jump >= 1 && this.opcodes[jump - 1] >= COMPARE) {
			return jump - 1;
		}
		return jump;
	}

	private boolean needsValue(int list) {
		for (int jump = list; jump != NO_JUMP; jump = target(jump)) {
			if (this.opcodes[control(jump)] != TESTSET) {
				return true;
			}
		}
		return false;
	}

	private boolean patchTest(int jump, int register) {
		int control = control(jump);
		if (this.opcodes[control] != TESTSET) {
			return false;
		}
		if (register != NO_REGISTER && register != this.b[control]) {
			this.a[control] = register;
		}
		else {
			this.opcodes[control] = TEST;
		}
		return true;
	}

	private void removeValues(int list) {
		for (int jump = list; jump != NO_JUMP; jump = target(jump)) {
			patchTest(jump, NO_REGISTER);
		}
	}

	private void patchAll(int list, int valueTarget, int register, int defaultTarget) throws LuaSyntaxException {
		int jump = list;
		while (jump != NO_JUMP) {
			int next = target(jump);
			fixJump(jump, patchTest(jump, register) ? valueTarget : defaultTarget);
			jump = next;
		}
	}

	@Override
	void patch(int list, int target) throws LuaSyntaxException {
		if (target == this.pc) {
			patchToHere(list);
		}
		else {
			patchAll(list, target, NO_REGISTER, target);
		}
	}

	@Override
	void patchToHere(int list) throws LuaSyntaxException {
		label();
		this.pending = concat(this.pending, list);
	}

	@Override
	int concat(int first, int second) throws LuaSyntaxException {
		if (second == NO_JUMP) {
			return first;
		}
		if (first == NO_JUMP) {
			return second;
		}
		fixJump(this.tail[first], second);
		this.tail[first] = this.tail[second];
		return first;
	}

	@Override
	void checkStack(int count) throws LuaSyntaxException {
		int size = this.freeRegister + count;
		if (size > this.maxStack) {
			if (size >= MAX_STACK) {
				throw this.lexer.syntaxError("function or expression too complex");
			}
			this.maxStack = size;
		}
	}

	@Override
	void reserve(int count) throws LuaSyntaxException {
		checkStack(count);
		this.freeRegister += count;
	}

	private void free(int register) {
		if ((register & CONSTANT_BIT) == 0 && register >= this.activeLocals) {
			this.freeRegister--;
		}
	}

	private void free(ExpDesc e) {
		if (e.kind == ExpDesc.REGISTER) {
			free(e.info);
		}
	}

	@Override
	int constant(Object value) throws LuaSyntaxException {
		Integer known = this.constants.get(value);
		if (known != null) {
			return known;
		}
		int index = this.constants.size();
		if (index >= MAX_CONSTANTS) {
			throw new LuaSyntaxException("constant table overflow", 0, this.lexer.start, this.lexer.end, null);
		}
		this.constants.put(value, index);
		return index;
	}

	@Override
	int numberConstant(double value) throws LuaSyntaxException {
		// A Lua table has one entry for both zeros.
		return constant((value != 0) ? value : 0.0);
	}

	@Override
	void setReturns(ExpDesc e) throws LuaSyntaxException {
		if (e.kind == ExpDesc.VARARG) {
			this.a[e.info] = this.freeRegister;
			reserve(1);
		}
	}

	@Override
	void setOneReturn(ExpDesc e) {
		if (e.kind == ExpDesc.CALL) {
			e.kind = ExpDesc.REGISTER;
			e.info = this.a[e.info];
		}
		else if (e.kind == ExpDesc.VARARG) {
			e.kind = ExpDesc.RELOCATABLE;
		}
	}

	@Override
	void discharge(ExpDesc e) throws LuaSyntaxException {
		switch (e.kind) {
			case ExpDesc.LOCAL -> e.kind = ExpDesc.REGISTER;
			case ExpDesc.UPVALUE, ExpDesc.GLOBAL -> {
				e.info = emit();
				e.kind = ExpDesc.RELOCATABLE;
			}
			case ExpDesc.INDEXED -> {
				free(e.aux);
				free(e.info);
				e.info = emit();
				e.kind = ExpDesc.RELOCATABLE;
			}
			case ExpDesc.VARARG, ExpDesc.CALL -> setOneReturn(e);
			default -> {
			}
		}
	}

	private void toRegister(ExpDesc e, int register) throws LuaSyntaxException {
		discharge(e);
		switch (e.kind) {
			case ExpDesc.NIL -> loadNil(register, 1);
			case ExpDesc.FALSE, ExpDesc.TRUE, ExpDesc.CONSTANT -> emit();
			case ExpDesc.NUMBER -> {
				numberConstant(e.value);
				emit();
			}
			case ExpDesc.RELOCATABLE -> this.a[e.info] = register;
			case ExpDesc.REGISTER -> {
				if (register != e.info) {
					emit();
				}
			}
			default -> {
				return;
			}
		}
		e.info = register;
		e.kind = ExpDesc.REGISTER;
	}

	private void toAnyRegisterNoJumps(ExpDesc e) throws LuaSyntaxException {
		if (e.kind != ExpDesc.REGISTER) {
			reserve(1);
			toRegister(e, this.freeRegister - 1);
		}
	}

	private void store(ExpDesc e, int register) throws LuaSyntaxException {
		toRegister(e, register);
		if (e.kind == ExpDesc.JUMP) {
			e.whenTrue = concat(e.whenTrue, e.info);
		}
		if (e.hasJumps()) {
			int loadFalse = NO_JUMP;
			int loadTrue = NO_JUMP;
			if (needsValue(e.whenTrue) || needsValue(e.whenFalse)) {
				int over = (e.kind != ExpDesc.JUMP) ? jump() : NO_JUMP;
				label();
				loadFalse = emit();
				label();
				loadTrue = emit();
				patchToHere(over);
			}
			int here = label();
			patchAll(e.whenFalse, here, register, loadFalse);
			patchAll(e.whenTrue, here, register, loadTrue);
		}
		e.init(ExpDesc.REGISTER, register);
	}

	@Override
	void toNextRegister(ExpDesc e) throws LuaSyntaxException {
		discharge(e);
		free(e);
		reserve(1);
		store(e, this.freeRegister - 1);
	}

	@Override
	int toAnyRegister(ExpDesc e) throws LuaSyntaxException {
		discharge(e);
		if (e.kind == ExpDesc.REGISTER) {
			if (!e.hasJumps()) {
				return e.info;
			}
			if (e.info >= this.activeLocals) {
				store(e, e.info);
				return e.info;
			}
		}
		toNextRegister(e);
		return e.info;
	}

	@Override
	void toValue(ExpDesc e) throws LuaSyntaxException {
		if (e.hasJumps()) {
			toAnyRegister(e);
		}
		else {
			discharge(e);
		}
	}

	@Override
	int toOperand(ExpDesc e) throws LuaSyntaxException {
		toValue(e);
		switch (e.kind) {
			case ExpDesc.NUMBER, ExpDesc.TRUE, ExpDesc.FALSE, ExpDesc.NIL -> {
				if (this.constants.size() <= MAX_CONSTANT_OPERAND) {
					e.info = switch (e.kind) {
						case ExpDesc.NIL -> constant(NIL);
						case ExpDesc.NUMBER -> numberConstant(e.value);
						default -> constant(e.kind == ExpDesc.TRUE);
					};
					e.kind = ExpDesc.CONSTANT;
					return e.info | CONSTANT_BIT;
				}
			}
			case ExpDesc.CONSTANT -> {
				if (e.info <= MAX_CONSTANT_OPERAND) {
					return e.info | CONSTANT_BIT;
				}
			}
			default -> {
			}
		}
		return toAnyRegister(e);
	}

	@Override
	void assign(ExpDesc variable, ExpDesc e) throws LuaSyntaxException {
		switch (variable.kind) {
			case ExpDesc.LOCAL -> {
				free(e);
				store(e, variable.info);
				return;
			}
			case ExpDesc.INDEXED -> toOperand(e);
			default -> toAnyRegister(e);
		}
		emit();
		free(e);
	}

	@Override
	void self(ExpDesc e, ExpDesc key) throws LuaSyntaxException {
		toAnyRegister(e);
		free(e);
		int function = this.freeRegister;
		reserve(2);
		toOperand(key);
		emit();
		free(key);
		e.info = function;
		e.kind = ExpDesc.REGISTER;
	}

	private int jumpOnCondition(ExpDesc e) throws LuaSyntaxException {
		if (e.kind == ExpDesc.RELOCATABLE && this.opcodes[e.info] == NOT) {
			this.pc--;
			return conditionalJump(TEST, 0, 0);
		}
		toAnyRegisterNoJumps(e);
		free(e);
		return conditionalJump(TESTSET, NO_REGISTER, e.info);
	}

	@Override
	void goIfTrue(ExpDesc e) throws LuaSyntaxException {
		discharge(e);
		int jump = switch (e.kind) {
			case ExpDesc.CONSTANT, ExpDesc.NUMBER, ExpDesc.TRUE -> NO_JUMP;
			case ExpDesc.JUMP -> e.info;
			default -> jumpOnCondition(e);
		};
		e.whenFalse = concat(e.whenFalse, jump);
		patchToHere(e.whenTrue);
		e.whenTrue = NO_JUMP;
	}

	private void goIfFalse(ExpDesc e) throws LuaSyntaxException {
		discharge(e);
		int jump = switch (e.kind) {
			case ExpDesc.NIL, ExpDesc.FALSE -> NO_JUMP;
			case ExpDesc.JUMP -> e.info;
			default -> jumpOnCondition(e);
		};
		e.whenTrue = concat(e.whenTrue, jump);
		patchToHere(e.whenFalse);
		e.whenFalse = NO_JUMP;
	}

	private void not(ExpDesc e) throws LuaSyntaxException {
		discharge(e);
		switch (e.kind) {
			case ExpDesc.NIL, ExpDesc.FALSE -> e.kind = ExpDesc.TRUE;
			case ExpDesc.CONSTANT, ExpDesc.NUMBER, ExpDesc.TRUE -> e.kind = ExpDesc.FALSE;
			case ExpDesc.RELOCATABLE, ExpDesc.REGISTER -> {
				toAnyRegisterNoJumps(e);
				free(e);
				e.info = emit(NOT, 0, 0);
				e.kind = ExpDesc.RELOCATABLE;
			}
			default -> {
			}
		}
		int swapped = e.whenFalse;
		e.whenFalse = e.whenTrue;
		e.whenTrue = swapped;
		removeValues(e.whenFalse);
		removeValues(e.whenTrue);
	}

	@Override
	void indexed(ExpDesc table, ExpDesc key) throws LuaSyntaxException {
		table.aux = toOperand(key);
		table.kind = ExpDesc.INDEXED;
	}

	private void arithmetic(int opcode, ExpDesc left, ExpDesc right) throws LuaSyntaxException {
		int second = toOperand(right);
		int first = toOperand(left);
		if (first > second) {
			free(left);
			free(right);
		}
		else {
			free(right);
			free(left);
		}
		left.info = emit(opcode, 0, 0);
		left.kind = ExpDesc.RELOCATABLE;
	}

	@Override
	void prefix(Expr.UnaryOperator operator, ExpDesc e) throws LuaSyntaxException {
		switch (operator) {
			case NOT -> not(e);
			case MINUS -> {
				if (e.isNumeral() && !Double.isNaN(-e.value)) {
					e.value = -e.value;
				}
				else {
					toAnyRegister(e);
					unary(e);
				}
			}
			case LENGTH -> {
				toAnyRegister(e);
				unary(e);
			}
		}
	}

	private void unary(ExpDesc e) throws LuaSyntaxException {
		toOperand(e);
		free(e);
		e.info = emit();
		e.kind = ExpDesc.RELOCATABLE;
	}

	@Override
	void infix(BinaryOperator operator, ExpDesc e) throws LuaSyntaxException {
		switch (operator) {
			case AND -> goIfTrue(e);
			case OR -> goIfFalse(e);
			case CONCAT -> toNextRegister(e);
			case ADD, SUB, MUL, DIV, MOD, POW -> {
				if (!e.isNumeral()) {
					toOperand(e);
				}
			}
			default -> toOperand(e);
		}
	}

	@Override
	void postfix(BinaryOperator operator, ExpDesc left, ExpDesc right) throws LuaSyntaxException {
		switch (operator) {
			case AND -> {
				discharge(right);
				right.whenFalse = concat(right.whenFalse, left.whenFalse);
				left.copy(right);
			}
			case OR -> {
				discharge(right);
				right.whenTrue = concat(right.whenTrue, left.whenTrue);
				left.copy(right);
			}
			case CONCAT -> concatenate(left, right);
			case ADD, SUB, MUL, DIV, MOD, POW -> {
				if (!ConstantFolding.fold(operator, left, right)) {
					arithmetic(OTHER, left, right);
				}
			}
			default -> compare(left, right);
		}
	}

	private void concatenate(ExpDesc left, ExpDesc right) throws LuaSyntaxException {
		toValue(right);
		if (right.kind == ExpDesc.RELOCATABLE && this.opcodes[right.info] == CONCAT) {
			free(left);
			left.kind = ExpDesc.RELOCATABLE;
			left.info = right.info;
		}
		else {
			toNextRegister(right);
			arithmetic(CONCAT, left, right);
		}
	}

	private void compare(ExpDesc left, ExpDesc right) throws LuaSyntaxException {
		toOperand(left);
		toOperand(right);
		free(right);
		free(left);
		left.info = conditionalJump(COMPARE, 0, 0);
		left.kind = ExpDesc.JUMP;
	}

	@Override
	void setList(int base, int elements) throws LuaSyntaxException {
		emit();
		if ((elements - 1) / FIELDS_PER_FLUSH + 1 > MAX_SET_LIST) {
			emit();
		}
		this.freeRegister = base + 1;
	}

}
