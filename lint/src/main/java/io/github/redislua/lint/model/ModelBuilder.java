package io.github.redislua.lint.model;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.BinaryOperator;
import io.github.redislua.lint.syntax.Block;
import io.github.redislua.lint.syntax.Chunk;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;
import io.github.redislua.lint.syntax.Stat;

/**
 * Walks over a script's statements. Nesting is at most 200 deep (the parser sees to it),
 * and long chains of operators and calls are followed in loops.
 */
public final class ModelBuilder {

	private final ScriptModel model;

	private final ExpressionWalker walker;

	private Expr.@Nullable Function function;

	private ModelBuilder(ScriptModel model) {
		this.model = model;
		this.walker = new ExpressionWalker(model, this);
	}

	/**
	 * Walks over a script.
	 * @param chunk the syntax tree
	 * @return the model
	 */
	public static ScriptModel build(Chunk chunk) {
		ScriptModel model = new ScriptModel(chunk);
		new ModelBuilder(model).block(chunk.body());
		model.resolveCalls();
		return model;
	}

	void function(Expr.Function inner, @Nullable LocalVariable name) {
		Expr.Function outer = this.function;
		this.function = inner;
		if (name == null) {
			this.model.caught.add(inner);
		}
		for (int i = 0; i < inner.parameters().size(); i++) {
			LocalFacts facts = this.model.facts(inner.parameters().get(i));
			facts.assignments++;
			facts.unknown = true;
			facts.functionOf = name;
			facts.parameter = i;
		}
		block(inner.body());
		this.function = outer;
	}

	private void block(Block block) {
		for (Stat statement : block.statements()) {
			statement(statement);
		}
	}

	private void statement(Stat statement) {
		if (statement instanceof Stat.Local local) {
			local(local);
		}
		else if (statement instanceof Stat.Assign assign) {
			assign(assign);
		}
		else if (statement instanceof Stat.Call call) {
			this.walker.visit(call.call(), false);
		}
		else if (statement instanceof Stat.If branches) {
			for (Stat.Branch branch : branches.branches()) {
				this.walker.visit(branch.condition(), true);
				block(branch.body());
			}
			if (branches.otherwise() != null) {
				block(branches.otherwise());
			}
		}
		else if (statement instanceof Stat.Return values) {
			returned(values);
		}
		else if (statement instanceof Stat.LocalFunction local) {
			LocalFacts facts = this.model.facts(local.variable());
			facts.assignments++;
			facts.values = LocalFacts.add(facts.values, local.function());
			facts.function = local.function();
			function(local.function(), local.variable());
		}
		else if (statement instanceof Stat.Function named) {
			target(named.target(), named.function());
			function(named.function(), null);
		}
		else {
			loop(statement);
		}
	}

	private void loop(Stat statement) {
		if (statement instanceof Stat.Do inner) {
			block(inner.body());
		}
		else if (statement instanceof Stat.While loop) {
			this.walker.visit(loop.condition(), true);
			block(loop.body());
		}
		else if (statement instanceof Stat.Repeat loop) {
			block(loop.body());
			this.walker.visit(loop.condition(), true);
		}
		else if (statement instanceof Stat.NumericFor loop) {
			this.walker.visit(loop.from(), false);
			this.walker.visit(loop.to(), false);
			if (loop.step() != null) {
				this.walker.visit(loop.step(), false);
			}
			LocalFacts facts = this.model.facts(loop.variable());
			facts.assignments++;
			facts.unknown = true;
			block(loop.body());
		}
		else if (statement instanceof Stat.GenericFor loop) {
			genericFor(loop);
		}
	}

	private void genericFor(Stat.GenericFor loop) {
		for (Expr value : loop.values()) {
			this.walker.visit(value, false);
		}
		for (LocalVariable variable : loop.variables()) {
			LocalFacts facts = this.model.facts(variable);
			facts.assignments++;
			facts.unknown = true;
		}
		if (loop.variables().size() == 2 && loop.values().get(0) instanceof Expr.Call call
				&& call.function() instanceof Expr.Name name && name.local() == null && call.arguments().size() == 1
				&& (name.name().equals("ipairs") || name.name().equals("pairs"))) {
			this.model.facts(loop.variables().get(1)).iterated = call.arguments().get(0);
		}
		block(loop.body());
	}

	private void local(Stat.Local local) {
		List<LocalVariable> variables = local.variables();
		List<Expr> values = local.values();
		for (int i = 0; i < values.size(); i++) {
			Expr value = values.get(i);
			if (value instanceof Expr.Function inner && i < variables.size()) {
				this.model.facts(variables.get(i)).function = inner;
				function(inner, variables.get(i));
			}
			else {
				this.walker.visit(value, false);
			}
		}
		for (int i = 0; i < variables.size(); i++) {
			LocalFacts facts = this.model.facts(variables.get(i));
			facts.assignments++;
			if (i < values.size()
					&& (i < values.size() - 1 || isSingle(values.get(i)) || variables.size() == values.size())) {
				assigned(variables.get(i), values.get(i));
			}
			else if (!values.isEmpty() && !isSingle(values.get(values.size() - 1))) {
				facts.unknown = true;
			}
		}
	}

	private void assign(Stat.Assign assign) {
		List<Expr> targets = assign.targets();
		List<Expr> values = assign.values();
		for (Expr value : values) {
			this.walker.visit(value, false);
		}
		for (int i = 0; i < targets.size(); i++) {
			boolean certain = i < values.size() && (i < values.size() - 1 || targets.size() == values.size());
			target(targets.get(i), certain ? values.get(i) : null);
		}
	}

	private void target(Expr target, @Nullable Expr value) {
		if (target instanceof Expr.Name name) {
			if (name.local() == null) {
				this.model.globals.add(name.name());
				this.model.writes.add(this.walker.use(name.name(), name));
				return;
			}
			LocalFacts facts = this.model.facts(name.local());
			facts.assignments++;
			if (value != null) {
				assigned(name.local(), value);
			}
			else {
				facts.unknown = true;
			}
		}
		else if (target instanceof Expr.Index index) {
			this.walker.store(index, value);
		}
	}

	private void assigned(LocalVariable variable, Expr value) {
		LocalFacts facts = this.model.facts(variable);
		facts.values = LocalFacts.add(facts.values, value);
		this.walker.copied(value, variable);
	}

	private void returned(Stat.Return values) {
		List<Stat.Return> list = this.model.returns.get(this.function);
		if (list == null) {
			list = new ArrayList<>(2);
			this.model.returns.put(this.function, list);
		}
		list.add(values);
		for (Expr value : values.values()) {
			if (value instanceof Expr.Name name && name.local() != null) {
				this.model.facts(name.local()).namedUses++;
			}
			this.walker.visit(value, false);
		}
	}

	private static boolean isSingle(Expr value) {
		return !(value instanceof Expr.Call) && !(value instanceof Expr.Vararg);
	}

	static boolean isNil(Expr expr, BinaryOperator operator) {
		return expr instanceof Expr.Nil && (operator == BinaryOperator.EQ || operator == BinaryOperator.NE);
	}

}
