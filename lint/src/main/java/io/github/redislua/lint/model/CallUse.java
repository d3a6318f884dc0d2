package io.github.redislua.lint.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.command.CommandArguments;
import io.github.redislua.lint.syntax.Expr;

/**
 * A call of a Redis command in a script.
 */
public final class CallUse implements CommandArguments {

	final Expr.Call call;

	/** Whether what it raises is caught. */
	final boolean caught;

	private final List<Expr> words;

	private final ScriptModel model;

	private @Nullable Boolean exact;

	/**
	 * A call.
	 * @param call the call
	 * @param skipped how many arguments are in front of the command's name
	 * @param caught whether what it raises is caught
	 * @param model the script
	 */
	CallUse(Expr.Call call, int skipped, boolean caught, ScriptModel model) {
		this.call = call;
		List<Expr> arguments = call.arguments();
		this.words = (skipped == 0) ? arguments : arguments.subList(skipped, arguments.size());
		this.caught = caught;
		this.model = model;
	}

	/**
	 * The name or one of its arguments.
	 * @param index 0 for the name
	 * @return the expression
	 */
	public Expr word(int index) {
		return this.words.get(index);
	}

	/**
	 * The number of words that are certainly there, one value each.
	 */
	@Override
	public int size() {
		return isExact() ? this.words.size() : this.words.size() - 1;
	}

	@Override
	public boolean isExact() {
		Boolean known = this.exact;
		if (known == null) {
			known = findExact();
			this.exact = known;
		}
		return known;
	}

	private boolean findExact() {
		if (this.words.isEmpty()) {
			return true;
		}
		Expr last = this.words.get(this.words.size() - 1);
		if (last instanceof Expr.Vararg) {
			return false;
		}
		return !(last instanceof Expr.Call lastCall) || this.model.isSingle(lastCall);
	}

	@Override
	public @Nullable String literal(int index) {
		return (index < this.words.size()) ? this.model.literal(this.words.get(index)) : null;
	}

	/**
	 * The call.
	 * @return the call
	 */
	public Expr.Call call() {
		return this.call;
	}

	/**
	 * Whether what it raises is caught.
	 * @return whether it is
	 */
	public boolean isCaught() {
		return this.caught;
	}

}
