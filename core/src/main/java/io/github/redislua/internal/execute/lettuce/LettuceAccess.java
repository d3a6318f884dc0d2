package io.github.redislua.internal.execute.lettuce;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.Future;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.util.ClassUtils;

/**
 * The way into a pipeline or a transaction of Spring Data Redis. Its own
 * {@code LettuceConnection.execute(command, output, arguments)} takes the first argument
 * for the key, which for a script is the digest: on a cluster the call goes to the wrong
 * node. Where the methods behind it cannot be had, {@link #isSupported()} says so.
 */
final class LettuceAccess {

	private static final @Nullable MethodHandle CONNECTION = connection();

	private static final @Nullable MethodHandle RESULT;

	private static final @Nullable MethodHandle REGISTER;

	/** A database that there is not. */
	static final int NO_DATABASE = -1;

	private static final @Nullable MethodHandle PIPELINE = pipeline();

	private static final @Nullable MethodHandle DATABASE = database();

	static {
		MethodHandle result = null;
		MethodHandle register = null;
		try {
			Class<?> type = ClassUtils.forName(LettuceConnection.class.getPackageName() + ".LettuceResult",
					LettuceConnection.class.getClassLoader());
			result = lookup().findVirtual(LettuceConnection.class, "newLettuceResult",
					MethodType.methodType(type, Future.class, Converter.class));
			register = lookup().findVirtual(LettuceConnection.class, "pipeline",
					MethodType.methodType(void.class, type));
		}
		catch (ReflectiveOperationException ex) {
			// isSupported() tells.
		}
		RESULT = result;
		REGISTER = register;
	}

	private LettuceAccess() {
	}

	static boolean isSupported() {
		return CONNECTION != null && RESULT != null && REGISTER != null && PIPELINE != null;
	}

	/**
	 * The connection that a pipeline or a transaction runs on.
	 * @param connection the connection
	 * @return its commands
	 */
	@SuppressWarnings({ "NullAway", "unchecked" }) // isSupported() was asked
	static RedisClusterAsyncCommands<byte[], byte[]> commands(LettuceConnection connection) {
		try {
			return (RedisClusterAsyncCommands<byte[], byte[]>) CONNECTION.invoke(connection);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * Has the reply of a command among the results of the pipeline or the transaction.
	 * @param connection the connection
	 * @param reply the reply to come
	 */
	@SuppressWarnings("NullAway") // isSupported() was asked
	static void register(LettuceConnection connection, RedisFuture<?> reply) {
		Converter<Object, Object> unchanged = (value) -> value;
		try {
			REGISTER.invoke(connection, RESULT.invoke(connection, (Future<?>) reply, unchanged));
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * The results of the pipeline that is open.
	 * @param connection the connection
	 * @return a list that is another one in the next pipeline
	 */
	@SuppressWarnings("NullAway") // isSupported() was asked
	static @Nullable Object pipeline(LettuceConnection connection) {
		try {
			return PIPELINE.invoke(connection);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * The database that the connection has chosen.
	 * @param connection the connection
	 * @return its number, {@link #NO_DATABASE} if that cannot be told
	 */
	static int database(LettuceConnection connection) {
		if (DATABASE == null) {
			return NO_DATABASE;
		}
		try {
			return (int) DATABASE.invoke(connection);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	private static RuntimeException rethrow(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		return (ex instanceof RuntimeException runtime) ? runtime : new IllegalStateException(ex);
	}

	private static MethodHandles.Lookup lookup() throws IllegalAccessException {
		return MethodHandles.privateLookupIn(LettuceConnection.class, MethodHandles.lookup());
	}

	private static @Nullable MethodHandle connection() {
		try {
			return lookup().findVirtual(LettuceConnection.class, "getAsyncDedicatedConnection",
					MethodType.methodType(RedisClusterAsyncCommands.class));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			return null;
		}
	}

	private static @Nullable MethodHandle database() {
		try {
			return lookup().findGetter(LettuceConnection.class, "dbIndex", int.class);
		}
		catch (NoSuchFieldException | IllegalAccessException ex) {
			return null;
		}
	}

	private static @Nullable MethodHandle pipeline() {
		try {
			return lookup().findGetter(LettuceConnection.class, "ppline", List.class);
		}
		catch (NoSuchFieldException | IllegalAccessException ex) {
			return null;
		}
	}

}
