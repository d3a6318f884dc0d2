package io.github.redislua.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Turns an error code of a script, the first word of {@code {err = "CODE message"}}, into
 * an exception of the application.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface LuaError {

	/**
	 * The error code, such as {@code INSUFFICIENT_FUNDS}.
	 * @return the code
	 */
	String code();

	/**
	 * The exception to throw. It needs a constructor {@code (String, Throwable)},
	 * {@code (String)} or none; the string is the error's text after the code, the
	 * throwable is the {@code LuaScriptExecutionException}. A checked exception must be
	 * declared by the method.
	 * @return the type of the exception
	 */
	Class<? extends Throwable> exception();

}
