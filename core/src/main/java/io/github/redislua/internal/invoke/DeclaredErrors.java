package io.github.redislua.internal.invoke;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import io.github.redislua.annotation.LuaError;

/**
 * Reads what a method says of error codes.
 */
final class DeclaredErrors {

	private DeclaredErrors() {
	}

	/**
	 * The mappings of a method.
	 * @param method the method
	 * @param declared its annotations
	 * @param asynchronous whether the exception is handed over and not thrown
	 * @param findings takes what does not fit
	 * @return the mappings
	 */
	static ErrorMappings of(Method method, LuaError[] declared, boolean asynchronous, Findings findings) {
		ErrorMappings errors = new ErrorMappings();
		Set<String> codes = new HashSet<>();
		for (LuaError error : declared) {
			String code = error.code();
			if (code.isEmpty() || !code.equals(code.strip()) || code.chars().anyMatch(Character::isWhitespace)) {
				findings.add("@LuaError(code = \"" + code + "\") does not fit: a code is one word",
						"Write the first word of the error that the script returns, such as \"OUT_OF_STOCK\"");
				continue;
			}
			if (!codes.add(code)) {
				findings.add("there are two @LuaError with the code \"" + code + "\"", "Remove one of them");
				continue;
			}
			add(errors, code, error.exception(), findings);
			if (!asynchronous) {
				checkDeclared(method, error.exception(), findings);
			}
		}
		return errors;
	}

	private static void add(ErrorMappings errors, String code, Class<? extends Throwable> type, Findings findings) {
		String annotation = "@LuaError(code = \"" + code + "\") does not fit: ";
		if (Modifier.isAbstract(type.getModifiers())) {
			findings.add(annotation + type.getName() + " is abstract", "Name an exception that can be created");
			return;
		}
		try {
			errors.add(code, type);
		}
		catch (InaccessibleObjectException ex) {
			findings.add(annotation + type.getName() + " cannot be created",
					"Open its package to " + DeclaredErrors.class.getPackageName());
		}
		catch (IllegalArgumentException ex) {
			findings.add(annotation + ex.getMessage(), "Give the exception such a constructor");
		}
	}

	private static void checkDeclared(Method method, Class<? extends Throwable> type, Findings findings) {
		boolean checked = !RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type);
		if (checked
				&& Arrays.stream(method.getExceptionTypes()).noneMatch((declared) -> declared.isAssignableFrom(type))) {
			findings.add(
					"@LuaError names the checked exception " + type.getName() + ", which the method does not declare",
					"Add 'throws " + type.getSimpleName() + "'");
		}
	}

}
