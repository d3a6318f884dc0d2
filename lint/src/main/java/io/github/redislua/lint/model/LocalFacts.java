package io.github.redislua.lint.model;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;

/**
 * What happens to a local variable in the whole script.
 */
public final class LocalFacts {

	/** What is assigned to it, where each value can be told. */
	List<Expr> values = List.of();

	/** Variables that are assigned from this one as it is, or as a number. */
	List<LocalVariable> copies = List.of();

	/** Calls of it, if it holds a function. */
	List<Expr.Call> calls = List.of();

	/** What is added to it, if it holds a list. */
	List<Expr> elements = List.of();

	/** What is assigned to its fields by name, if it holds a table. */
	List<Expr> fields = List.of();

	/** How often it is declared or assigned. */
	int assignments;

	/** Whether something is assigned that cannot be told. */
	boolean unknown;

	/** Whether it is calculated with, or compared by size. */
	boolean quantity;

	/** Whether somewhere its presence is asked for. */
	boolean tested;

	/** How often it is used other than called. */
	int uses;

	/** How often of these it is what a pcall calls. */
	int caughtUses;

	/** How often it is used as a table only: {@code x.name}, and in {@code return x}. */
	int namedUses;

	/**
	 * How often it is used as a list only: {@code #x}, {@code x[1]}, {@code ipairs(x)}.
	 */
	int listUses;

	/** Names assigned in it: {@code x.name = …}. */
	int namedWrites;

	/** Whether a name is assigned that gives a reply a meaning ({@code x.ok = …}). */
	boolean replyField;

	/** What is iterated over, if it is the value of a loop over a list. */
	@Nullable Expr iterated;

	/** The function it is a parameter of, and which one. */
	@Nullable LocalVariable functionOf;

	int parameter;

	/** The function that it holds for good. */
	Expr.@Nullable Function function;

	// Adds to one of the lists. Most stay empty, and what is not there costs nothing.
	static <T> List<T> add(List<T> list, T element) {
		if (list.isEmpty()) {
			return List.of(element);
		}
		List<T> result = (list.size() == 1) ? new ArrayList<>(list) : list;
		result.add(element);
		return result;
	}

	/**
	 * The only value that is ever assigned.
	 * @return the value, or null
	 */
	public @Nullable Expr single() {
		return (this.assignments == 1 && !this.unknown && this.values.size() == 1) ? this.values.get(0) : null;
	}

	// Whether it holds a function that is only ever called by this name.
	boolean isPrivateFunction() {
		return this.function != null && this.assignments == 1 && this.uses == 0;
	}

	/**
	 * What is assigned to it, where each value can be told.
	 * @return the values
	 */
	public List<Expr> values() {
		return this.values;
	}

	/**
	 * What is assigned to its fields by name, if it holds a table.
	 * @return the values
	 */
	public List<Expr> fields() {
		return this.fields;
	}

	/**
	 * What is added to it, if it holds a list.
	 * @return the elements
	 */
	public List<Expr> elements() {
		return this.elements;
	}

	/**
	 * How often it is used other than called.
	 * @return the number
	 */
	public int uses() {
		return this.uses;
	}

	/**
	 * How often it is used as a table only: {@code x.name}, and in {@code return x}.
	 * @return the number
	 */
	public int namedUses() {
		return this.namedUses;
	}

	/**
	 * How often a name is assigned in it: {@code x.name = …}.
	 * @return the number
	 */
	public int namedWrites() {
		return this.namedWrites;
	}

	/**
	 * Whether a name is assigned that gives a reply a meaning ({@code x.ok = …}).
	 * @return whether there is one
	 */
	public boolean hasReplyField() {
		return this.replyField;
	}

}
