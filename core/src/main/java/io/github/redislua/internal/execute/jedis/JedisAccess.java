package io.github.redislua.internal.execute.jedis;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.Socket;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.jedis.JedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.util.StringUtils;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;
import redis.clients.jedis.util.Pool;
import redis.clients.jedis.util.RedisInputStream;

import io.github.redislua.internal.execute.call.Handle;

/**
 * The way from Spring Data Redis' connection factory to the connections in its pool. The
 * factory's own {@code getConnection()} makes some twenty objects a call, three times
 * what the rest of a call needs, so the methods that it keeps for subclasses are used
 * instead: {@code fetchJedisConnector()}, and since Spring Data Redis 4.1
 * {@code getRequiredRedisClient()}. What cannot be had is done without: each method here
 * says so, and calls go a slower way.
 */
public final class JedisAccess {

	/**
	 * Names of members, divided by commas, that are taken as missing. For tests.
	 */
	static final String WITHOUT = "redis-lua.internal.jedis.without";

	private static final Set<String> without = StringUtils.commaDelimitedListToSet(System.getProperty(WITHOUT, ""));

	private static final Handle fetchJedis = Handle.method(JedisConnectionFactory.class, "fetchJedisConnector",
			Jedis.class);

	private static final Handle pool = Handle.field(JedisConnectionFactory.class, "pool", Pool.class);

	private static final Handle requiredClient = Handle.method(JedisConnectionFactory.class, "getRequiredRedisClient",
			UnifiedJedis.class);

	private static final Handle provider = Handle.field(UnifiedJedis.class, "provider", ConnectionProvider.class);

	private static final Handle dataSource = Handle.method(Jedis.class, "setDataSource", void.class, Pool.class);

	private static final Handle pipelineConnection = Handle.field(Pipeline.class, "connection", Connection.class);

	private static final Handle transactionConnection = Handle.field(Transaction.class, "connection", Connection.class);

	private static final Handle input = Handle.field(Connection.class, "inputStream", RedisInputStream.class);

	private static final Handle socket = Handle.field(Connection.class, "socket", Socket.class);

	// Later versions are to do without it.
	private static final @Nullable Class<?> sentinelPool = Handle.type("redis.clients.jedis.JedisSentinelPool",
			Jedis.class);

	private static final Handle poolMaster = (sentinelPool != null)
			? Handle.method(sentinelPool, "initMaster", void.class, HostAndPort.class)
			: Handle.missing("redis.clients.jedis.JedisSentinelPool", Handle.Kind.METHOD, "initMaster");

	private static final Handle clientMaster = Handle.method(SentineledConnectionProvider.class, "initMaster",
			void.class, HostAndPort.class);

	// Their return types have changed with Spring Data Redis 4.1.
	private static final Handle pipeline = getter("getPipeline");

	private static final Handle transaction = getter("getTransaction");

	private static final Handle newResult;

	private static final Handle register;

	static {
		String owner = JedisConnection.class.getName();
		Class<?> result = Handle.type(JedisConnection.class.getPackageName() + ".JedisResult", JedisConnection.class);
		newResult = (result != null) ? Handle.method(JedisConnection.class, "newJedisResult", result, Response.class)
				: Handle.missing(owner, Handle.Kind.METHOD, "newJedisResult");
		register = (result != null) ? Handle.method(JedisConnection.class, "pipeline", void.class, result)
				: Handle.missing(owner, Handle.Kind.METHOD, "pipeline");
	}

	private static final @Nullable MethodHandle FETCH_JEDIS = find(fetchJedis);

	private static final @Nullable MethodHandle POOL = find(pool);

	private static final @Nullable MethodHandle REQUIRED_CLIENT = find(requiredClient);

	private static final @Nullable MethodHandle PROVIDER = find(provider);

	private static final @Nullable MethodHandle DATA_SOURCE = find(dataSource);

	private static final @Nullable MethodHandle PIPELINE_CONNECTION = find(pipelineConnection);

	private static final @Nullable MethodHandle TRANSACTION_CONNECTION = find(transactionConnection);

	private static final @Nullable MethodHandle INPUT = find(input);

	private static final @Nullable MethodHandle REPLACE_INPUT = setter(input);

	private static final @Nullable MethodHandle SOCKET = find(socket);

	private static final @Nullable MethodHandle POOL_MASTER = asObject(find(poolMaster));

	private static final @Nullable MethodHandle CLIENT_MASTER = find(clientMaster);

	private static final @Nullable MethodHandle PIPELINE = asObject(find(pipeline));

	private static final @Nullable MethodHandle TRANSACTION = asObject(find(transaction));

	private static final @Nullable MethodHandle RESULT = find(newResult);

	private static final @Nullable MethodHandle REGISTER = find(register);

	private JedisAccess() {
	}

	/**
	 * What is reached by method handles, so that a native image has it.
	 * @return the members, some of which are not in this version
	 */
	public static List<Handle> handles() {
		return List.of(fetchJedis, pool, requiredClient, provider, dataSource, pipelineConnection,
				transactionConnection, input, socket, poolMaster, clientMaster, pipeline, transaction, newResult,
				register);
	}

	/**
	 * Whether the factory can be asked for the connections of its pool, or for new ones.
	 * @return {@code true} if it can
	 */
	static boolean canFetchJedis() {
		return FETCH_JEDIS != null;
	}

	@SuppressWarnings("NullAway") // canFetchJedis() was asked
	static Jedis fetchJedis(JedisConnectionFactory factory) {
		try {
			return (Jedis) FETCH_JEDIS.invokeExact(factory);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * The pool that {@link #fetchJedis} takes connections from.
	 * @param factory the factory
	 * @return the pool, {@code null} if there is none or it cannot be had
	 */
	@SuppressWarnings("unchecked")
	static @Nullable Pool<Jedis> pool(JedisConnectionFactory factory) {
		try {
			return (POOL != null) ? (Pool<Jedis>) POOL.invokeExact(factory) : null;
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	@SuppressWarnings("NullAway") // canSetDataSource() was asked
	static void dataSource(Jedis jedis, Pool<Jedis> pool) {
		try {
			DATA_SOURCE.invokeExact(jedis, (Pool<?>) pool);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	static boolean canSetDataSource() {
		return DATA_SOURCE != null;
	}

	/**
	 * The factory's client.
	 * @param factory the factory
	 * @return the client, {@code null} if it has none
	 */
	static @Nullable UnifiedJedis unifiedClient(JedisConnectionFactory factory) {
		try {
			return (REQUIRED_CLIENT != null) ? (UnifiedJedis) REQUIRED_CLIENT.invokeExact(factory) : null;
		}
		catch (IllegalStateException ex) {
			// That is how it says that it has none.
			return null;
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * Whether the pools of a {@code UnifiedJedis} can be reached.
	 * @return {@code true} if they can
	 */
	public static boolean hasProvider() {
		return PROVIDER != null;
	}

	@SuppressWarnings("NullAway") // hasProvider() was asked
	static ConnectionProvider provider(UnifiedJedis client) {
		try {
			return (ConnectionProvider) PROVIDER.invokeExact(client);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	static boolean isSentinelPool(Object pool) {
		return sentinelPool != null && sentinelPool.isInstance(pool);
	}

	/**
	 * Has a pool behind Sentinel know the master, as if Sentinel had said that there is
	 * another.
	 * @param pool the pool, or the provider, which knows its master
	 * @param master the master
	 * @return {@code false} if it cannot be told
	 */
	static boolean master(Object pool, HostAndPort master) {
		try {
			if (isSentinelPool(pool) && POOL_MASTER != null) {
				POOL_MASTER.invokeExact(pool, master);
				return true;
			}
			if (pool instanceof SentineledConnectionProvider sentinel && CLIENT_MASTER != null) {
				CLIENT_MASTER.invokeExact(sentinel, master);
				return true;
			}
			return false;
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
	static @Nullable Object openBatch(JedisConnection connection) {
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
	static @Nullable Connection held(JedisConnection connection) {
		try {
			Object holder = connection.isPipelined() ? openBatch(connection)
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
	static boolean canReplaceInput() {
		return INPUT != null && REPLACE_INPUT != null;
	}

	@SuppressWarnings("NullAway") // canReplaceInput() was asked
	static @Nullable RedisInputStream input(Connection connection) {
		try {
			return (RedisInputStream) INPUT.invokeExact(connection);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	@SuppressWarnings("NullAway") // canReplaceInput() was asked
	static void input(Connection connection, RedisInputStream input) {
		try {
			REPLACE_INPUT.invokeExact(connection, input);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * The socket of a connection, which can be closed while somebody writes to it.
	 * @param connection the connection
	 * @return the socket, {@code null} if there is none or it cannot be had
	 */
	static @Nullable Socket socket(Connection connection) {
		try {
			return (SOCKET != null) ? (Socket) SOCKET.invokeExact(connection) : null;
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * Whether a reply of one's own can be among the results of a pipeline.
	 * @return {@code true} if it can
	 */
	static boolean canRegister() {
		return RESULT != null && REGISTER != null;
	}

	/**
	 * Has a reply among the results of the pipeline that is open.
	 * @param connection the connection
	 * @param reply the reply to come
	 */
	@SuppressWarnings("NullAway") // canRegister() was asked
	static void register(JedisConnection connection, Response<?> reply) {
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

	private static @Nullable MethodHandle find(Handle handle) {
		return without.contains(handle.name()) ? null : handle.find();
	}

	private static @Nullable MethodHandle setter(Handle handle) {
		if (handle.owner() == null || without.contains(handle.name())) {
			return null;
		}
		try {
			return MethodHandles.privateLookupIn(handle.owner(), MethodHandles.lookup())
				.findSetter(handle.owner(), handle.name(), handle.types()[0]);
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return null;
		}
	}

	private static Handle getter(String name) {
		try {
			return Handle.method(JedisConnection.class, name, JedisConnection.class.getMethod(name).getReturnType());
		}
		catch (NoSuchMethodException | LinkageError ex) {
			return Handle.missing(JedisConnection.class.getName(), Handle.Kind.METHOD, name);
		}
	}

	// Of a type that cannot be written in the source.
	private static @Nullable MethodHandle asObject(@Nullable MethodHandle handle) {
		if (handle == null) {
			return null;
		}
		MethodType type = handle.type();
		return handle.asType((type.returnType() == void.class) ? type.changeParameterType(0, Object.class)
				: type.changeReturnType(Object.class));
	}

}
