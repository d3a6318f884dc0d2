package io.github.redislua;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessException;

/**
 * Root of the exceptions that have to do with a script. What is not a script's fault, a
 * lost connection say, keeps the exception of Spring Data Redis.
 */
@SuppressWarnings("serial")
public abstract class LuaScriptException extends NonTransientDataAccessException {

	protected LuaScriptException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
