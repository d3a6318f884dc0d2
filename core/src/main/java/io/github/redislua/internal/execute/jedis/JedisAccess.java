package io.github.redislua.internal.execute.jedis;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.jedis.JedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.util.ClassUtils;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.util.RedisInputStream;

/**
 * The way from Spring Data Redis' connection factory to the connections in its pool. The
 * factory's own {@code getConnection()} makes some twenty objects a call, three times
 * what the rest of a call needs, so the methods that it keeps for subclasses are used
 * instead: {@code fetchJedisConnector()}, and since Spring Data Redis 4.1
 * {@code getRequiredRedisClient()}. Where neither can be had, {@link #supported(boolean)}
 * says so and calls go the ordinary way.
 */
public final class JedisAccess {

	private static final @Nullable MethodHandle FETCH_JEDIS = virtual("fetchJedisConnector", Jedis.class);

	private static final @Nullable MethodHandle REQUIRED_CLIENT = virtual("getRequiredRedisClient", UnifiedJedis.class);

	private static final @Nullable MethodHandle PROVIDER = field(UnifiedJedis.class, "provider",
			ConnectionProvider.class, false);

	private static final @Nullable MethodHandle PIPELINE_CONNECTION = field(Pipeline.class, "connection",
			Connection.class, false);

	private static final @Nullable MethodHandle TRANSACTION_CONNECTION = field(Transaction.class, "connection",
			Connection.class, false);

	private static final @Nullable MethodHandle INPUT = field(Connection.class, "inputStream", RedisInputStream.class,
			false);

	private static final @Nullable MethodHandle REPLACE_INPUT = field(Connection.class, "inputStream",
			RedisInputStream.class, true);

	// Their types have changed with Spring Data Redis 4.1.
	private static final @Nullable MethodHandle TRANSACTION = getter("getTransaction");

	private static final @Nullable MethodHandle PIPELINE = getter("getPipeline");

	private static final @Nullable MethodHandle RESULT;

	private static final @Nullable MethodHandle REGISTER;

	static {
		MethodHandle result = null;
		MethodHandle register = null;
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(JedisConnection.class, MethodHandles.lookup());
			Class<?> type = ClassUtils.forName(JedisConnection.class.getPackageName() + ".JedisResult",
					JedisConnection.class.getClassLoader());
			result = lookup.findVirtual(JedisConnection.class, "newJedisResult",
					MethodType.methodType(type, Response.class));
			register = lookup.findVirtual(JedisConnection.class, "pipeline", MethodType.methodType(void.class, type));
		}
		catch (ReflectiveOperationException ex) {
			// canRegister() tells.
		}
		RESULT = result;
		REGISTER = register;
	}

	private JedisAccess() {
	}

	/**
	 * Whether connections can be had for the kind of client that the factory makes.
	 * @param unified whether it is a {@code UnifiedJedis}
	 * @return {@code true} if they can
	 */
	public static boolean supported(boolean unified) {
		return unified ? (REQUIRED_CLIENT != null && PROVIDER != null) : (FETCH_JEDIS != null);
	}

	@SuppressWarnings("NullAway") // supported() was asked
	public static Jedis fetchJedis(JedisConnectionFactory factory) {
		try {
			return (Jedis) FETCH_JEDIS.invokeExact(factory);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	@SuppressWarnings("NullAway") // supported() was asked
	public static ConnectionProvider connectionProvider(JedisConnectionFactory factory) {
		try {
			UnifiedJedis client = (UnifiedJedis) REQUIRED_CLIENT.invokeExact(factory);
			return (ConnectionProvider) PROVIDER.invokeExact(client);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * Whether the pools of a client can be reached.
	 * @return {@code true} if they can
	 */
	public static boolean hasProvider() {
		return PROVIDER != null;
	}

	@SuppressWarnings("NullAway") // hasProvider() was asked
	public static ConnectionProvider provider(UnifiedJedis client) {
		try {
			return (ConnectionProvider) PROVIDER.invokeExact(client);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * What stands for the transaction or the pipeline that a connection is in.
	 * @param connection the connection
	 * @return an object of the driver, or {@code null}
	 */
	public static @Nullable Object openBatch(JedisConnection connection) {
		MethodHandle getter = connection.isQueueing() ? TRANSACTION : PIPELINE;
		try {
			return (getter != null) ? getter.invokeExact(connection) : null;
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * The connection that a pipeline, a transaction or {@code WATCH} of a
	 * {@code UnifiedJedis} holds.
	 * @param connection the connection object of Spring Data Redis
	 * @return the connection, {@code null} if none is held or it cannot be had
	 */
	public static @Nullable Connection held(JedisConnection connection) {
		try {
			Object holder = connection.isPipelined() ? epoch(connection)
					: (TRANSACTION != null) ? TRANSACTION.invokeExact(connection) : null;
			if (holder instanceof Pipeline pipeline && PIPELINE_CONNECTION != null) {
				return (Connection) PIPELINE_CONNECTION.invokeExact(pipeline);
			}
			return (holder instanceof Transaction transaction && TRANSACTION_CONNECTION != null)
					? (Connection) TRANSACTION_CONNECTION.invokeExact(transaction) : null;
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * Whether a connection can be had to read from something else.
	 * @return {@code true} if it can
	 */
	public static boolean canReplaceInput() {
		return INPUT != null && REPLACE_INPUT != null;
	}

	@SuppressWarnings("NullAway") // canReplaceInput() was asked
	public static @Nullable RedisInputStream input(Connection connection) {
		try {
			return (RedisInputStream) INPUT.invokeExact(connection);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	@SuppressWarnings("NullAway") // canReplaceInput() was asked
	public static void input(Connection connection, RedisInputStream input) {
		try {
			REPLACE_INPUT.invokeExact(connection, input);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * Whether a reply of one's own can be among the results of a pipeline.
	 * @return {@code true} if it can
	 */
	public static boolean canRegister() {
		return RESULT != null && REGISTER != null;
	}

	/**
	 * Has a reply among the results of the pipeline that is open.
	 * @param connection the connection
	 * @param reply the reply to come
	 */
	@SuppressWarnings("NullAway") // canRegister() was asked
	public static void register(JedisConnection connection, Response<?> reply) {
		try {
			REGISTER.invoke(connection, RESULT.invoke(connection, reply));
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

	private static @Nullable MethodHandle virtual(String name, Class<?> type) {
		try {
			return MethodHandles.privateLookupIn(JedisConnectionFactory.class, MethodHandles.lookup())
				.findVirtual(JedisConnectionFactory.class, name, MethodType.methodType(type));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			return null;
		}
	}

	private static @Nullable MethodHandle getter(String name) {
		try {
			return MethodHandles.publicLookup()
				.unreflect(JedisConnection.class.getMethod(name))
				.asType(MethodType.methodType(Object.class, JedisConnection.class));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			return null;
		}
	}

	private static @Nullable MethodHandle field(Class<?> owner, String name, Class<?> type, boolean set) {
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
			return set ? lookup.findSetter(owner, name, type) : lookup.findGetter(owner, name, type);
		}
		catch (NoSuchFieldException | IllegalAccessException ex) {
			return null;
		}
	}

}
