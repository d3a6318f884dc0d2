package io.github.redislua.lint.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Block;
import io.github.redislua.lint.syntax.Chunk;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;
import io.github.redislua.lint.syntax.Stat;

/**
 * A script's uses of globals, commands, keys and variables, collected in one walk over
 * its tree.
 */
public final class ScriptModel {

	/** The functions that return exactly one value, whatever they are given. */
	private static final Set<String> SINGLE = Set.of("tonumber", "tostring", "type", "string.format", "string.sub",
			"string.lower", "string.upper", "string.rep", "string.len", "string.reverse", "table.concat",
			"cjson.encode", "math.floor", "math.ceil", "math.max", "math.min", "math.abs", "math.random", "redis.call",
			"redis.pcall", "redis.sha1hex", "redis.status_reply", "redis.error_reply", "server.call", "server.pcall",
			"cmsgpack.pack");

	/** Chains of copies and aliases longer than this are not followed. */
	private static final int DEPTH = 30;

	final ArrayUse keys = new ArrayUse("KEYS");

	final ArrayUse arguments = new ArrayUse("ARGV");

	final List<GlobalUse> reads = new ArrayList<>();

	final List<GlobalUse> writes = new ArrayList<>();

	/** Calls of {@code library.member}. */
	final List<GlobalUse> memberCalls = new ArrayList<>();

	/** Names of globals that the script uses, whatever for. */
	final Set<String> globals = new HashSet<>();

	/** The commands, known after {@link #resolveCalls()}. */
	final List<CallUse> commands = new ArrayList<>();

	/** Members of libraries that are asked for before they are used. */
	final Set<String> testedMembers = new HashSet<>();

	/** Every {@code ==} and {@code ~=}. */
	final List<Expr.Binary> comparisons = new ArrayList<>(4);

	/** Every {@code ..}. */
	final List<Expr.Binary> concatenations = new ArrayList<>(4);

	/** Whether the script can ask for replies in RESP3. */
	boolean resp3;

	/** Every call. */
	final List<Expr.Call> calls = new ArrayList<>();

	/** Where what is raised is caught. */
	final CaughtCode caught = new CaughtCode(this);

	/** The return statements of each function, of the script itself under null. */
	final Map<@Nullable Object, List<Stat.Return>> returns = new IdentityHashMap<>();

	final Chunk chunk;

	private final @Nullable LocalFacts[] locals;

	ScriptModel(Chunk chunk) {
		this.chunk = chunk;
		this.locals = new LocalFacts[chunk.locals()];
	}

	/**
	 * What is known of a variable.
	 * @param local the variable
	 * @return the facts
	 */
	public LocalFacts facts(LocalVariable local) {
		LocalFacts facts = this.locals[local.id()];
		if (facts == null) {
			facts = new LocalFacts();
			this.locals[local.id()] = facts;
		}
		return facts;
	}

	// All variables that anything is known of.
	List<LocalFacts> facts() {
		List<LocalFacts> result = new ArrayList<>();
		for (LocalFacts facts : this.locals) {
			if (facts != null) {
				result.add(facts);
			}
		}
		return result;
	}

	/**
	 * The return statements of a function, in order.
	 * @param function the function, null for the script itself
	 * @return the statements
	 */
	public List<Stat.Return> returns(Expr.@Nullable Function function) {
		List<Stat.Return> found = this.returns.get(function);
		return (found != null) ? found : List.of();
	}

	// Whether the variable's presence, or that of a copy, is asked for.
	boolean isTested(LocalVariable local) {
		return isTested(local, new BitSet());
	}

	private boolean isTested(LocalVariable local, BitSet seen) {
		LocalFacts facts = facts(local);
		if (facts.tested) {
			return true;
		}
		if (seen.get(local.id()) || seen.cardinality() > DEPTH) {
			return false;
		}
		seen.set(local.id());
		for (LocalVariable copy : facts.copies) {
			if (isTested(copy, seen)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The text of a literal, also through variables that are assigned once. Numbers are
	 * written as Redis writes them, where they are whole.
	 * @param expr the expression
	 * @return the text, or null
	 */
	public @Nullable String literal(Expr expr) {
		Expr value = resolve(expr);
		if (value instanceof Expr.Str string) {
			return string.value();
		}
		if (value instanceof Expr.Num number && number.value() == (long) number.value()) {
			return Long.toString((long) number.value());
		}
		return null;
	}

	/**
	 * The expression behind parentheses and variables that are assigned once.
	 * @param expr the expression
	 * @return the expression behind it, or itself
	 */
	public Expr resolve(Expr expr) {
		Expr result = expr;
		for (int i = 0; i < DEPTH; i++) {
			Expr next = null;
			if (result instanceof Expr.Paren paren) {
				next = paren.inner();
			}
			else if (result instanceof Expr.Name name && name.local() != null) {
				next = facts(name.local()).single();
			}
			if (next == null) {
				return result;
			}
			result = next;
		}
		return result;
	}

	/**
	 * The global function that is called, such as {@code tonumber} or
	 * {@code string.format}, also through an alias.
	 * @param call the call
	 * @return its name, or null
	 */
	public @Nullable String calleeName(Expr.Call call) {
		return (call.method() == null) ? globalName(call.function()) : null;
	}

	@Nullable String globalName(Expr expr) {
		Expr value = resolve(expr);
		if (value instanceof Expr.Name name && name.local() == null) {
			return name.name();
		}
		if (value instanceof Expr.Index index && index.key() instanceof Expr.Str key
				&& resolve(index.object()) instanceof Expr.Name library && library.local() == null) {
			return member(library.name(), key.value());
		}
		return null;
	}

	// The name of a library's member; what every script is full of is not put together
	// each time.
	static String member(String library, String name) {
		if (library.equals("redis") && name.equals("call")) {
			return "redis.call";
		}
		return library + "." + name;
	}

	// Finds the calls of commands. Which variables are aliases is known only when the
	// whole script was seen.
	void resolveCalls() {
		if (CaughtCode.isPossible(this.globals)) {
			for (Expr.Call call : this.calls) {
				String name = calleeName(call);
				if (name != null && CaughtCode.catches(name)) {
					this.caught.add(call);
				}
			}
			this.caught.resolve();
		}
		for (Expr.Call call : this.calls) {
			String name = calleeName(call);
			if (name == null) {
				continue;
			}
			if (isCommand(name)) {
				this.commands
					.add(new CallUse(call, 0, this.caught.contains(call.start()) || name.endsWith(".pcall"), this));
			}
			else if ((name.equals("pcall") || name.equals("_G.pcall")) && !call.arguments().isEmpty()) {
				String inner = globalName(call.arguments().get(0));
				if (inner != null && isCommand(inner)) {
					this.commands.add(new CallUse(call, 1, true, this));
				}
			}
		}
	}

	// Whether a call has exactly one value, whatever it is given.
	boolean isSingle(Expr.Call call) {
		String name = calleeName(call);
		return name != null && SINGLE.contains(name);
	}

	private static boolean isCommand(String name) {
		return switch (name) {
			case "redis.call", "redis.pcall", "server.call", "server.pcall" -> true;
			default -> false;
		};
	}

	/**
	 * Whether the end of a block cannot be reached.
	 * @param block the block
	 * @return whether it always returns or raises
	 */
	public static boolean alwaysReturns(Block block) {
		if (block.statements().isEmpty()) {
			return false;
		}
		Stat last = block.statements().get(block.statements().size() - 1);
		if (last instanceof Stat.Return) {
			return true;
		}
		if (last instanceof Stat.Do inner) {
			return alwaysReturns(inner.body());
		}
		if (last instanceof Stat.Call call) {
			return call.call().function() instanceof Expr.Name name && name.local() == null
					&& name.name().equals("error");
		}
		if (!(last instanceof Stat.If branches) || branches.otherwise() == null) {
			return false;
		}
		for (Stat.Branch branch : branches.branches()) {
			if (!alwaysReturns(branch.body())) {
				return false;
			}
		}
		return alwaysReturns(branches.otherwise());
	}

	/**
	 * How the script uses KEYS.
	 * @return the use
	 */
	public ArrayUse keys() {
		return this.keys;
	}

	/**
	 * How the script uses ARGV.
	 * @return the use
	 */
	public ArrayUse arguments() {
		return this.arguments;
	}

	/**
	 * Where globals are read, in order.
	 * @return the reads
	 */
	public List<GlobalUse> reads() {
		return this.reads;
	}

	/**
	 * Where globals and their fields are assigned, in order.
	 * @return the assignments
	 */
	public List<GlobalUse> writes() {
		return this.writes;
	}

	/**
	 * The calls of {@code library.member}.
	 * @return the calls
	 */
	public List<GlobalUse> memberCalls() {
		return this.memberCalls;
	}

	/**
	 * The names of globals that the script uses, whatever for.
	 * @return the names
	 */
	public Set<String> globals() {
		return this.globals;
	}

	/**
	 * The calls of commands, in order.
	 * @return the calls
	 */
	public List<CallUse> commands() {
		return this.commands;
	}

	/**
	 * The members of libraries that are asked for before they are used.
	 * @return {@code library.member} each
	 */
	public Set<String> testedMembers() {
		return this.testedMembers;
	}

	/**
	 * The syntax tree.
	 * @return the tree
	 */
	public Chunk chunk() {
		return this.chunk;
	}

	/**
	 * Whether what is raised at an offset is caught.
	 * @param offset the offset
	 * @return whether it does not end the script
	 */
	public boolean isCaught(int offset) {
		return this.caught.contains(offset);
	}

	/**
	 * Every {@code ..}.
	 * @return the expressions, in no particular order
	 */
	public List<Expr.Binary> concatenations() {
		return this.concatenations;
	}

	/**
	 * Every call.
	 * @return the calls
	 */
	public List<Expr.Call> calls() {
		return this.calls;
	}

	/**
	 * The comparisons with {@code ==} and {@code ~=}.
	 * @return the comparisons, in no particular order
	 */
	public List<Expr.Binary> comparisons() {
		return this.comparisons;
	}

}
