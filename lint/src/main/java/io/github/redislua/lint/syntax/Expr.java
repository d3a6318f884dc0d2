package io.github.redislua.lint.syntax;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An expression. Offsets are in bytes of the source; strings hold a character a byte
 * (ISO-8859-1).
 */
public sealed interface Expr {

	/**
	 * The offset of the first byte.
	 * @return the offset
	 */
	int start();

	/**
	 * The offset after the last byte.
	 * @return the offset
	 */
	int end();

	/**
	 * {@code nil}.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 */
	record Nil(int start, int end) implements Expr {
	}

	/**
	 * {@code true} or {@code false}.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param value the value
	 */
	record Bool(int start, int end, boolean value) implements Expr {
	}

	/**
	 * A numeric literal.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param value the value
	 */
	record Num(int start, int end, double value) implements Expr {
	}

	/**
	 * A string literal, quoted or long.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param value the value
	 */
	record Str(int start, int end, String value) implements Expr {
	}

	/**
	 * {@code ...}.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 */
	record Vararg(int start, int end) implements Expr {
	}

	/**
	 * A function's parameters and body. A method's first parameter is {@code self}.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param parameters the parameters in order
	 * @param vararg whether it takes more arguments than it names
	 * @param body the statements
	 */
	record Function(int start, int end, List<LocalVariable> parameters, boolean vararg, Block body) implements Expr {
	}

	/**
	 * A name: a variable in scope, or a global where {@code local} is null.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param name the name
	 * @param local the variable, null for a global
	 */
	record Name(int start, int end, String name, @Nullable LocalVariable local) implements Expr {
	}

	/**
	 * {@code object[key]} or {@code object.key}.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param object what is indexed
	 * @param key the key
	 */
	record Index(int start, int end, Expr object, Expr key) implements Expr {
	}

	/**
	 * {@code function(args)} or {@code function:method(args)}.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param function the function
	 * @param method the method name after a colon, or null
	 * @param arguments the arguments in order
	 */
	record Call(int start, int end, Expr function, @Nullable String method, List<Expr> arguments) implements Expr {
	}

	/**
	 * Two operands and the operator between them.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param operator the operator
	 * @param left the left operand
	 * @param right the right operand
	 */
	record Binary(int start, int end, BinaryOperator operator, Expr left, Expr right) implements Expr {
	}

	/**
	 * {@code -x}, {@code not x} or {@code #x}.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param operator the operator
	 * @param operand the operand
	 */
	record Unary(int start, int end, UnaryOperator operator, Expr operand) implements Expr {
	}

	/**
	 * An expression in parentheses, which cuts several values to one.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param inner the expression inside
	 */
	record Paren(int start, int end, Expr inner) implements Expr {
	}

	/**
	 * A table constructor.
	 *
	 * @param start the offset of the first byte
	 * @param end the offset after the last byte
	 * @param fields the entries in order
	 */
	record Table(int start, int end, List<Field> fields) implements Expr {
	}

	/**
	 * One entry of a table constructor: a list element where {@code key} is null.
	 *
	 * @param key the key
	 * @param value the value
	 */
	record Field(@Nullable Expr key, Expr value) {
	}

	/**
	 * The unary operators.
	 */
	enum UnaryOperator {

		/** {@code -}. */
		MINUS,

		/** {@code not}. */
		NOT,

		/** {@code #}. */
		LENGTH

	}

}
