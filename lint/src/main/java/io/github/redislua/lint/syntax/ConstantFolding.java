package io.github.redislua.lint.syntax;

/**
 * Arithmetic on literals, done at compile time as by the reference implementation.
 */
final class ConstantFolding {

	private ConstantFolding() {
	}

	static boolean fold(BinaryOperator operator, ExpDesc left, ExpDesc right) {
		if (!left.isNumeral() || !right.isNumeral()) {
			return false;
		}
		double a = left.value;
		double b = right.value;
		if (b == 0 && (operator == BinaryOperator.DIV || operator == BinaryOperator.MOD)) {
			return false;
		}
		double result = switch (operator) {
			case ADD -> a + b;
			case SUB -> a - b;
			case MUL -> a * b;
			case DIV -> a / b;
			case MOD -> a - Math.floor(a / b) * b;
			default -> Math.pow(a, b);
		};
		if (Double.isNaN(result)) {
			return false;
		}
		left.value = result;
		return true;
	}

}
