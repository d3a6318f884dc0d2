package io.github.redislua.internal.execute.lettuce;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.CommandExpiryWriter;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionProvider;

import io.github.redislua.internal.execute.call.Handle;
import io.github.redislua.internal.execute.call.Handle.Kind;

/**
 * The way to what Spring Data Redis and Lettuce keep to themselves. What a version does
 * not have is done without: scripts then do not join pipelines, a pool is not emptied,
 * and a reply that is nested too deeply costs its connection.
 */
public final class LettuceAccess {

	private static final String PACKAGE = LettuceConnection.class.getPackageName();

	private static final String POOL = "LettucePoolingConnectionProvider";

	private static final String TRANSLATING = "LettuceConnectionFactory$ExceptionTranslatingConnectionProvider";

	/** With all that the versions at hand have. */
	static final LettuceAccess DEFAULT = new LettuceAccess("");

	private final @Nullable MethodHandle dedicated;

	private final @Nullable MethodHandle result;

	private final @Nullable MethodHandle register;

	private final @Nullable MethodHandle pipeline;

	private final @Nullable MethodHandle database;

	private final @Nullable MethodHandle provider;

	private final @Nullable MethodHandle delegate;

	private final @Nullable MethodHandle pools;

	private final @Nullable MethodHandle channel;

	/**
	 * Find the handles.
	 * @param without the name of one that is taken for missing
	 */
	LettuceAccess(String without) {
		Map<String, Handle> table = table();
		table.remove(without);
		this.dedicated = find(table, "getAsyncDedicatedConnection");
		this.result = find(table, "newLettuceResult");
		this.register = find(table, "pipeline");
		this.pipeline = find(table, "ppline");
		this.database = find(table, "dbIndex");
		this.provider = find(table, "connectionProvider");
		this.delegate = find(table, "delegate");
		this.pools = find(table, "pools");
		this.channel = find(table, "channel");
	}

	private static @Nullable MethodHandle find(Map<String, Handle> table, String name) {
		Handle handle = table.get(name);
		return (handle != null) ? handle.find() : null;
	}

	/**
	 * The members that are used.
	 * @return all of them, those that this version does not have as well
	 */
	public static List<Handle> handles() {
		return List.copyOf(table().values());
	}

	private static Map<String, Handle> table() {
		Class<?> connection = LettuceConnection.class;
		Class<?> result = Handle.type(PACKAGE + ".LettuceResult", connection);
		Class<?> translating = Handle.type(PACKAGE + "." + TRANSLATING, connection);
		Class<?> pool = Handle.type(PACKAGE + "." + POOL, connection);
		List<Handle> handles = new ArrayList<>();
		handles.add(Handle.method(connection, "getAsyncDedicatedConnection", RedisClusterAsyncCommands.class));
		if (result != null) {
			handles.add(Handle.method(connection, "newLettuceResult", result, Future.class, Converter.class));
			handles.add(Handle.method(connection, "pipeline", void.class, result));
		}
		else {
			handles.add(Handle.missing(connection.getName(), Kind.METHOD, "newLettuceResult"));
			handles.add(Handle.missing(connection.getName(), Kind.METHOD, "pipeline"));
		}
		handles.add(Handle.field(connection, "ppline", List.class));
		handles.add(Handle.field(connection, "dbIndex", int.class));
		handles
			.add(Handle.field(LettuceConnectionFactory.class, "connectionProvider", LettuceConnectionProvider.class));
		handles.add((translating != null) ? Handle.field(translating, "delegate", LettuceConnectionProvider.class)
				: Handle.missing(PACKAGE + "." + TRANSLATING, Kind.FIELD, "delegate"));
		handles.add((pool != null) ? Handle.field(pool, "pools", Map.class)
				: Handle.missing(PACKAGE + "." + POOL, Kind.FIELD, "pools"));
		handles.add(Handle.field(DefaultEndpoint.class, "channel", Channel.class));
		Map<String, Handle> table = new LinkedHashMap<>();
		handles.forEach((handle) -> table.put(handle.name(), handle));
		return table;
	}

	/**
	 * Whether scripts can join pipelines and transactions. Spring Data Redis' own
	 * {@code LettuceConnection.execute(command, output, arguments)} takes the first
	 * argument for the key, which for a script is the digest: on a cluster the call goes
	 * to the wrong node.
	 * @return {@code true} if they can
	 */
	boolean hasPipelines() {
		return this.dedicated != null && this.result != null && this.register != null && this.pipeline != null;
	}

	/**
	 * The connection that a pipeline or a transaction runs on.
	 * @param connection the connection
	 * @return its commands
	 */
	@SuppressWarnings({ "NullAway", "unchecked" }) // hasPipelines() was asked
	RedisClusterAsyncCommands<byte[], byte[]> commands(LettuceConnection connection) {
		try {
			return (RedisClusterAsyncCommands<byte[], byte[]>) this.dedicated.invoke(connection);
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
	@SuppressWarnings("NullAway") // hasPipelines() was asked
	void register(LettuceConnection connection, RedisFuture<?> reply) {
		Converter<Object, Object> unchanged = (value) -> value;
		try {
			this.register.invoke(connection, this.result.invoke(connection, (Future<?>) reply, unchanged));
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
	@SuppressWarnings("NullAway") // hasPipelines() was asked
	@Nullable Object pipeline(LettuceConnection connection) {
		return invoke(this.pipeline, connection);
	}

	/**
	 * The database that the connection has chosen.
	 * @param connection the connection
	 * @return its number, {@code null} if that cannot be told
	 */
	@Nullable Integer database(LettuceConnection connection) {
		return (this.database != null) ? (Integer) invoke(this.database, connection) : null;
	}

	/**
	 * The pools of a factory that has some.
	 * @param factory the factory
	 * @return the pools by the type of the connection, {@code null} if they cannot be had
	 */
	@Nullable Map<?, ?> pools(LettuceConnectionFactory factory) {
		if (this.provider == null || this.pools == null) {
			return null;
		}
		Object provider = invoke(this.provider, factory);
		if (provider != null && provider.getClass().getName().endsWith("." + TRANSLATING)) {
			provider = (this.delegate != null) ? invoke(this.delegate, provider) : null;
		}
		return (provider != null && provider.getClass().getName().endsWith("." + POOL))
				? (Map<?, ?>) invoke(this.pools, provider) : null;
	}

	/**
	 * The channel that a connection is on now.
	 * @param writer what the connection writes to
	 * @return the channel, {@code null} if there is none or it cannot be told
	 */
	@Nullable Channel channel(Object writer) {
		Object endpoint = writer;
		while (endpoint instanceof CommandExpiryWriter expiring) {
			endpoint = expiring.getDelegate();
		}
		return (this.channel != null && endpoint instanceof DefaultEndpoint) ? (Channel) invoke(this.channel, endpoint)
				: null;
	}

	private static @Nullable Object invoke(MethodHandle handle, Object target) {
		try {
			return handle.invoke(target);
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

}
