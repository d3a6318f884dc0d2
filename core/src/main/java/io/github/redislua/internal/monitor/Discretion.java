package io.github.redislua.internal.monitor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.redis.ClusterStateFailureException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.TooManyClusterRedirectionsException;
import org.springframework.data.redis.connection.PoolException;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.internal.script.ErrorCode;

/**
 * Exceptions end up in spans with their messages and those of their causes. What a script
 * says in an error or replies, what a driver or a converter says, may well be made of
 * keys and arguments. So a span has only texts that are composed here.
 */
final class Discretion {

	/**
	 * The types that a call ends with. An exception of another type is shown as the
	 * nearest type above it.
	 */
	private static final Map<Class<?>, Function<String, Throwable>> TYPES = new LinkedHashMap<>();

	static {
		TYPES.put(QueryTimeoutException.class, QueryTimeoutException::new);
		TYPES.put(RedisConnectionFailureException.class, RedisConnectionFailureException::new);
		TYPES.put(RedisSystemException.class, (message) -> new RedisSystemException(message, null));
		TYPES.put(PoolException.class, PoolException::new);
		TYPES.put(ClusterStateFailureException.class, ClusterStateFailureException::new);
		TYPES.put(TooManyClusterRedirectionsException.class, TooManyClusterRedirectionsException::new);
		TYPES.put(InvalidDataAccessApiUsageException.class, InvalidDataAccessApiUsageException::new);
		TYPES.put(InvalidDataAccessResourceUsageException.class, InvalidDataAccessResourceUsageException::new);
		TYPES.put(DataAccessResourceFailureException.class, DataAccessResourceFailureException::new);
		TYPES.put(NonTransientDataAccessResourceException.class, NonTransientDataAccessResourceException::new);
		TYPES.put(TransientDataAccessResourceException.class, TransientDataAccessResourceException::new);
		TYPES.put(CancellationException.class, CancellationException::new);
		TYPES.put(IllegalArgumentException.class, IllegalArgumentException::new);
		TYPES.put(UnsupportedOperationException.class, UnsupportedOperationException::new);
		TYPES.put(IllegalStateException.class, IllegalStateException::new);
		TYPES.put(RuntimeException.class, RuntimeException::new);
		TYPES.put(Error.class, Error::new);
	}

	private Discretion() {
	}

	/**
	 * An exception that says nothing but what the library says.
	 * @param failure why a call has no result
	 * @param script the name of its script
	 * @return an exception of the same type where there can be one, with the same stack
	 */
	static Throwable without(Throwable failure, String script) {
		Throwable discreet = discreet(failure, script);
		discreet.setStackTrace(failure.getStackTrace());
		return discreet;
	}

	private static Throwable discreet(Throwable failure, String script) {
		if (failure instanceof LuaScriptExecutionException ex) {
			return new LuaScriptExecutionException(message(ex), ex.getScriptName(), ex.getSha1(), ErrorCode.of(ex), "",
					ex.getLocation(), null);
		}
		if (failure instanceof LuaScriptReplyException ex) {
			String expected = expected(ex);
			return new LuaScriptReplyException(
					"Script '" + ex.getScriptName() + "' did run, but its reply does not fit: expected " + expected,
					ex.getScriptName(), expected, "", null);
		}
		String message = "Script '" + script + "' failed: " + failure.getClass().getName();
		for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
			Function<String, Throwable> shown = TYPES.get(type);
			if (shown != null) {
				return shown.apply(message);
			}
		}
		return new RuntimeException(message);
	}

	private static String message(LuaScriptExecutionException ex) {
		StringBuilder message = new StringBuilder("Script '").append(ex.getScriptName()).append("' failed");
		if (ex.getLocation() != null) {
			message.append(" at ").append(ex.getLocation());
		}
		String code = ErrorCode.of(ex);
		return ((code != null) ? message.append(": ").append(code) : message).toString();
	}

	// The path to a value has the names of fields, which the reply has. The type that is
	// expected there is the last part.
	private static String expected(LuaScriptReplyException ex) {
		String expected = ex.getExpected();
		return expected.contains("field ") ? expected.substring(expected.lastIndexOf(": ") + 1).strip() : expected;
	}

}
