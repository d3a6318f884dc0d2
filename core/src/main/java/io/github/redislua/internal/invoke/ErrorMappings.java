package io.github.redislua.internal.invoke;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptUnavailableException;

/**
 * The exceptions of the application that stand for error codes of a script.
 */
public final class ErrorMappings {

	private final List<Mapping> mappings = new ArrayList<>();

	/**
	 * Adds a mapping.
	 * @param code the error code
	 * @param type the exception
	 * @throws IllegalArgumentException if the exception has no constructor that fits
	 */
	public void add(String code, Class<? extends Throwable> type) {
		for (Class<?>[] parameters : new Class<?>[][] { { String.class, Throwable.class }, { String.class }, {} }) {
			try {
				Constructor<? extends Throwable> constructor = type.getDeclaredConstructor(parameters);
				constructor.setAccessible(true);
				this.mappings.add(new Mapping(code, constructor));
				return;
			}
			catch (NoSuchMethodException ex) {
				// The next kind.
			}
		}
		throw new IllegalArgumentException(
				type.getName() + " has no constructor (String, Throwable), (String) or without parameters");
	}

	/**
	 * The exception to throw.
	 * @param error the error of the script
	 * @return the application's exception, or the error itself
	 */
	public Throwable map(Throwable error) {
		for (Mapping mapping : this.mappings) {
			if (error instanceof LuaScriptExecutionException failed && mapping.matches(failed)) {
				return mapping.create(error, failed.getError());
			}
			if (error instanceof LuaScriptUnavailableException unavailable
					&& mapping.code().equals(unavailable.getCode())) {
				return mapping.create(error, String.valueOf(error.getMessage()));
			}
		}
		return error;
	}

	private record Mapping(String code, Constructor<? extends Throwable> constructor) {

		// A code in small letters is no code to Redis, but it is the first word.
		boolean matches(LuaScriptExecutionException error) {
			String actual = error.getCode();
			return this.code.equals(actual) || (actual == null && (error.getError() + " ").startsWith(this.code + " "));
		}

		Throwable create(Throwable error, String text) {
			String message = text.isEmpty() ? this.code : text;
			try {
				Throwable exception = switch (this.constructor.getParameterCount()) {
					case 0 -> this.constructor.newInstance();
					case 1 -> this.constructor.newInstance(message);
					default -> this.constructor.newInstance(message, error);
				};
				if (exception.getCause() == null) {
					addCause(exception, error);
				}
				return exception;
			}
			catch (InvocationTargetException | InstantiationException | IllegalAccessException ex) {
				error.addSuppressed(ex);
				return error;
			}
		}

		private static void addCause(Throwable exception, @Nullable Throwable cause) {
			try {
				exception.initCause(cause);
			}
			catch (IllegalStateException ex) {
				exception.addSuppressed(cause);
			}
		}

	}

}
