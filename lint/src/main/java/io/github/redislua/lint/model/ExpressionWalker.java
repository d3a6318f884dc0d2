package io.github.redislua.lint.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.BinaryOperator;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;

/**
 * Walks over expressions and notes what they use. "Tested" means that here it only counts
 * whether the value is there.
 */
final class ExpressionWalker {

	private final ScriptModel model;

	private final ModelBuilder builder;

	ExpressionWalker(ScriptModel model, ModelBuilder builder) {
		this.model = model;
		this.builder = builder;
	}

	GlobalUse use(String name, Expr expr) {
		return new GlobalUse(name, expr.start(), expr.end(), this.model.reads.size());
	}

	void visit(Expr root, boolean rootTested) {
		Expr expr = root;
		boolean tested = rootTested;
		while (true) {
			if (expr instanceof Expr.Binary binary) {
				tested = binary(binary, tested);
				expr = binary.left();
			}
			else if (expr instanceof Expr.Unary unary) {
				tested = unary.operator() == Expr.UnaryOperator.NOT;
				if (unary.operator() == Expr.UnaryOperator.LENGTH) {
					listUse(unary.operand());
				}
				expr = unary.operand();
			}
			else if (expr instanceof Expr.Paren paren) {
				expr = paren.inner();
			}
			else if (expr instanceof Expr.Index index) {
				if (index(index, tested)) {
					return;
				}
				expr = index.object();
				tested = false;
			}
			else if (expr instanceof Expr.Call call) {
				call(call, tested);
				if (call.function() instanceof Expr.Name name) {
					callee(name, call);
					return;
				}
				member(call);
				expr = call.function();
				tested = false;
			}
			else {
				leaf(expr, tested);
				return;
			}
		}
	}

	private void leaf(Expr expr, boolean tested) {
		if (expr instanceof Expr.Name name) {
			name(name, tested);
		}
		else if (expr instanceof Expr.Function function) {
			this.builder.function(function, null);
		}
		else if (expr instanceof Expr.Table table) {
			for (Expr.Field field : table.fields()) {
				if (field.key() != null) {
					visit(field.key(), false);
				}
				visit(field.value(), false);
			}
		}
	}

	// Visits the right operand, and says whether the left one is tested.
	private boolean binary(Expr.Binary binary, boolean tested) {
		BinaryOperator operator = binary.operator();
		boolean logical = operator == BinaryOperator.AND || operator == BinaryOperator.OR;
		if (operator == BinaryOperator.EQ || operator == BinaryOperator.NE) {
			this.model.comparisons.add(binary);
		}
		if (operator == BinaryOperator.CONCAT) {
			this.model.concatenations.add(binary);
		}
		else if (!logical && operator != BinaryOperator.EQ && operator != BinaryOperator.NE) {
			quantity(binary.left());
			quantity(binary.right());
		}
		visit(binary.right(), logical ? tested : ModelBuilder.isNil(binary.left(), operator));
		return logical || ModelBuilder.isNil(binary.right(), operator);
	}

	private void name(Expr.Name name, boolean tested) {
		if (name.local() != null) {
			LocalFacts facts = this.model.facts(name.local());
			facts.uses++;
			facts.tested |= tested;
			return;
		}
		this.model.globals.add(name.name());
		this.model.reads.add(use(name.name(), name));
		ArrayUse array = array(name);
		if (array != null) {
			array.variadic = true;
		}
	}

	// Notes KEYS[n], _G.x and x.name, and says whether nothing is left to visit.
	private boolean index(Expr.Index index, boolean tested) {
		if (index.key() instanceof Expr.Str key && key.value().equals("setresp")) {
			this.model.resp3 = true;
		}
		if (tested && index.key() instanceof Expr.Str key && index.object() instanceof Expr.Name library
				&& library.local() == null) {
			this.model.testedMembers.add(library.name() + "." + key.value());
		}
		if (!(index.object() instanceof Expr.Name name)) {
			visit(index.key(), false);
			return false;
		}
		if (name.local() != null) {
			if (index.key() instanceof Expr.Str) {
				this.model.facts(name.local()).namedUses++;
			}
			else {
				this.model.facts(name.local()).listUses++;
			}
			visit(index.key(), false);
			return false;
		}
		ArrayUse array = array(name);
		Double number = (array != null) ? constant(index.key()) : null;
		if (array != null && number != null) {
			this.model.globals.add(name.name());
			array.reads.add(new ArrayRead(index, number, tested));
			return true;
		}
		if (name.name().equals("_G") && index.key() instanceof Expr.Str key) {
			this.model.globals.add("_G");
			this.model.globals.add(key.value());
			this.model.reads.add(use(key.value(), index));
			return true;
		}
		visit(index.key(), false);
		return false;
	}

	private @Nullable ArrayUse array(Expr.Name name) {
		if (name.local() != null) {
			return null;
		}
		return switch (name.name()) {
			case "KEYS" -> this.model.keys;
			case "ARGV" -> this.model.arguments;
			default -> null;
		};
	}

	private static @Nullable Double constant(Expr key) {
		if (key instanceof Expr.Num number) {
			return number.value();
		}
		if (key instanceof Expr.Unary minus && minus.operator() == Expr.UnaryOperator.MINUS
				&& minus.operand() instanceof Expr.Num number) {
			return -number.value();
		}
		return (key instanceof Expr.Paren paren) ? constant(paren.inner()) : null;
	}

	private void call(Expr.Call call, boolean tested) {
		this.model.calls.add(call);
		String global = (call.function() instanceof Expr.Name name && name.local() == null) ? name.name() : "";
		boolean asks = global.equals("type") || tested && (global.equals("tonumber") || global.equals("tostring"));
		for (Expr argument : call.arguments()) {
			visit(argument, asks);
		}
		if (!call.arguments().isEmpty() && isListFunction(call.function())) {
			listUse(call.arguments().get(0));
		}
		inserted(call);
	}

	private void quantity(Expr operand) {
		if (operand instanceof Expr.Name name && name.local() != null) {
			this.model.facts(name.local()).quantity = true;
		}
	}

	// Notes a use that leaves a list what it is.
	private void listUse(Expr expr) {
		if (expr instanceof Expr.Name name && name.local() != null) {
			this.model.facts(name.local()).listUses++;
		}
	}

	// Whether a function makes nothing else of the list that is its first argument.
	private static boolean isListFunction(Expr function) {
		if (function instanceof Expr.Name name && name.local() == null) {
			return switch (name.name()) {
				case "ipairs", "pairs", "next", "unpack", "type" -> true;
				default -> false;
			};
		}
		return function instanceof Expr.Index index && index.key() instanceof Expr.Str key
				&& index.object() instanceof Expr.Name library && library.local() == null
				&& switch (ScriptModel.member(library.name(), key.value())) {
					case "table.insert", "table.remove", "table.sort", "table.concat", "cjson.encode",
							"cmsgpack.pack" ->
						true;
					default -> false;
				};
	}

	private void callee(Expr.Name name, Expr.Call call) {
		if (name.local() == null) {
			name(name, false);
			return;
		}
		LocalFacts facts = this.model.facts(name.local());
		if (call.method() != null) {
			facts.uses++;
			return;
		}
		facts.calls = LocalFacts.add(facts.calls, call);
		Expr.Function function = facts.function;
		if (function != null) {
			int count = Math.min(call.arguments().size(), function.parameters().size());
			for (int i = 0; i < count; i++) {
				copied(call.arguments().get(i), function.parameters().get(i));
			}
		}
	}

	private void member(Expr.Call call) {
		if (call.method() == null && call.function() instanceof Expr.Index index && index.key() instanceof Expr.Str key
				&& index.object() instanceof Expr.Name library && library.local() == null) {
			this.model.memberCalls.add(use(ScriptModel.member(library.name(), key.value()), index));
		}
	}

	// table.insert(list, value)
	private void inserted(Expr.Call call) {
		List<Expr> arguments = call.arguments();
		if (arguments.size() == 2 && arguments.get(0) instanceof Expr.Name list && list.local() != null
				&& call.function() instanceof Expr.Index index && index.object() instanceof Expr.Name library
				&& library.local() == null && library.name().equals("table") && index.key() instanceof Expr.Str name
				&& name.value().equals("insert")) {
			LocalFacts facts = this.model.facts(list.local());
			facts.elements = LocalFacts.add(facts.elements, arguments.get(1));
		}
	}

	// Notes an assignment to a field.
	void store(Expr.Index target, @Nullable Expr value) {
		Expr key = target.key();
		visit(key, false);
		if (!(target.object() instanceof Expr.Name name)) {
			visit(target.object(), false);
			return;
		}
		if (name.local() == null) {
			this.model.globals.add(name.name());
			ArrayUse array = array(name);
			if (array != null) {
				array.variadic = true;
				array.written = true;
			}
			else if (name.name().equals("_G") && key instanceof Expr.Str global) {
				this.model.writes.add(use(global.value(), target));
			}
			else {
				// The server reads the table before it assigns the field.
				this.model.reads.add(use(name.name(), name));
				String member = (key instanceof Expr.Str string) ? string.value() : "?";
				this.model.writes.add(use(name.name() + "." + member, target));
			}
			return;
		}
		LocalFacts facts = this.model.facts(name.local());
		facts.uses++;
		if (key instanceof Expr.Str field) {
			facts.namedUses++;
			facts.namedWrites++;
			if (value != null) {
				facts.fields = LocalFacts.add(facts.fields, value);
			}
			facts.replyField |= ReplyTables.isReplyField(field.value());
		}
		else if (value != null && isAppend(key, name.local())) {
			facts.listUses++;
			facts.elements = LocalFacts.add(facts.elements, value);
		}
		else if (key instanceof Expr.Num) {
			facts.listUses++;
		}
	}

	// list[#list + 1] = value
	private static boolean isAppend(Expr key, LocalVariable list) {
		return key instanceof Expr.Binary plus && plus.operator() == BinaryOperator.ADD
				&& plus.left() instanceof Expr.Unary length && length.operator() == Expr.UnaryOperator.LENGTH
				&& length.operand() instanceof Expr.Name name && name.local() != null && name.local().id() == list.id();
	}

	// Notes that a variable gets a value: a key or argument, another variable, either as
	// a
	// number.
	void copied(Expr value, LocalVariable variable) {
		Expr source = value;
		while (true) {
			if (source instanceof Expr.Paren paren) {
				source = paren.inner();
			}
			else if (source instanceof Expr.Call call && call.arguments().size() == 1
					&& call.function() instanceof Expr.Name name && name.local() == null
					&& (name.name().equals("tonumber") || name.name().equals("tostring"))) {
				source = call.arguments().get(0);
			}
			else {
				break;
			}
		}
		if (source instanceof Expr.Name name && name.local() != null) {
			LocalFacts facts = this.model.facts(name.local());
			facts.copies = LocalFacts.add(facts.copies, variable);
		}
		else if (source instanceof Expr.Index index && index.object() instanceof Expr.Name name) {
			ArrayUse array = array(name);
			if (array != null) {
				for (int i = array.reads.size() - 1; i >= 0; i--) {
					ArrayRead read = array.reads.get(i);
					if (read.expr.start() == index.start()) {
						read.target = variable;
						return;
					}
				}
			}
		}
	}

}
