package io.github.redislua.internal.execute.lettuce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.ConnectionIntent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.execute.call.NotSentException;
import io.github.redislua.internal.execute.call.PreloadTarget;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.execute.call.Slots;

/**
 * A Redis Cluster through Lettuce. Lettuce knows which node has which slot and keeps a
 * connection to each; calls are sent on these directly, so that it is known who answers.
 * Only read-only calls that may go to a replica are left to its own routing.
 */
public final class LettuceClusterTransport implements ScriptTransport {

	private static final Log logger = LogFactory.getLog(LettuceClusterTransport.class);

	/**
	 * Not more often than that the topology is read anew.
	 */
	private static final Duration REFRESH_PAUSE = Duration.ofMillis(100);

	private final LettuceConnectionFactory factory;

	private final boolean spreadsReads;

	private final Map<String, Node> nodes = new ConcurrentHashMap<>();

	private final AtomicReferenceArray<@Nullable Node> owners = new AtomicReferenceArray<>(Slots.COUNT);

	private final ReadNode readNode;

	private final LettucePipelineCalls deferral = new LettucePipelineCalls();

	private final AtomicBoolean refreshing = new AtomicBoolean();

	// A monitor would pin the virtual threads that connect, and those that wait for them.
	private final Lock connecting = new ReentrantLock();

	private volatile @Nullable StatefulRedisClusterConnection<byte[], byte[]> connection;

	public LettuceClusterTransport(LettuceConnectionFactory factory) {
		this.factory = factory;
		ReadFrom readFrom = factory.getClientConfiguration().getReadFrom().orElse(ReadFrom.UPSTREAM);
		this.spreadsReads = readFrom != ReadFrom.UPSTREAM;
		this.readNode = new ReadNode();
	}

	@Override
	public ScriptNode route(ScriptCall call) {
		int slot = Slots.of(call);
		if (this.spreadsReads && call.options().readOnly()) {
			return this.readNode;
		}
		// Any slot will do for a call without keys: masters only, the larger the
		// likelier.
		return owner((slot >= 0) ? slot : ThreadLocalRandom.current().nextInt(Slots.COUNT));
	}

	@SuppressWarnings("ReferenceEquality") // a node may be known at another address anew
	private Node owner(int slot) {
		RedisClusterNode description = connection().getPartitions().getMasterBySlot(slot);
		if (description == null) {
			throw new NotSentException("No node of the cluster serves slot " + slot + "; nothing was sent", null);
		}
		Node owner = this.owners.get(slot);
		if (owner != null && owner.description == description) {
			return owner;
		}
		Node node = node(description.getUri().getHost(), description.getUri().getPort(), ConnectionIntent.WRITE);
		node.description = description;
		this.owners.set(slot, node);
		return node;
	}

	private Node node(String host, int port, ConnectionIntent intent) {
		String name = host + ":" + port;
		return this.nodes.computeIfAbsent((intent == ConnectionIntent.READ) ? name + " (replica)" : name,
				(key) -> new Node(name, host, port, intent));
	}

	@Override
	public ScriptNode redirect(Redirection redirection) {
		return node(redirection.host(), redirection.port(), ConnectionIntent.WRITE);
	}

	@Override
	public void outdated() {
		if (!this.refreshing.compareAndSet(false, true)) {
			return;
		}
		RedisClusterClient client = (RedisClusterClient) this.factory.getRequiredNativeClient();
		try {
			client.refreshPartitionsAsync().whenComplete((none, ex) -> {
				if (ex != null) {
					logger.debug("Cannot read the topology of the cluster", ex);
				}
				client.getResources()
					.timer()
					.newTimeout((timeout) -> this.refreshing.set(false), REFRESH_PAUSE.toMillis(),
							TimeUnit.MILLISECONDS);
			});
		}
		catch (RuntimeException ex) {
			this.refreshing.set(false);
			logger.debug("Cannot read the topology of the cluster", ex);
		}
	}

	@Override
	public List<PreloadTarget> nodes() {
		List<PreloadTarget> targets = new ArrayList<>();
		for (RedisClusterNode node : connection().getPartitions()) {
			boolean master = node.is(RedisClusterNode.NodeFlag.UPSTREAM);
			if (master ? !node.getSlots().isEmpty() : this.spreadsReads) {
				ConnectionIntent intent = master ? ConnectionIntent.WRITE : ConnectionIntent.READ;
				targets.add(new PreloadTarget(node(node.getUri().getHost(), node.getUri().getPort(), intent), !master));
			}
		}
		return targets;
	}

	@Override
	public String description() {
		return "the cluster";
	}

	@Override
	public boolean isCluster() {
		return true;
	}

	@Override
	public long timeout() {
		return this.factory.getClientConfiguration().getCommandTimeout().toNanos();
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, @Nullable Duration timeout, byte[][] command) {
		throw new IllegalStateException("On a cluster there is no connection to be bound to");
	}

	@Override
	public @Nullable Object openBatch(RedisConnection connection) {
		return this.deferral.openBatch((LettuceConnection) connection);
	}

	@Override
	public @Nullable ScriptNode destination(RedisConnection connection, ScriptCall call) {
		int slot = Slots.of(call);
		if (slot < 0 || this.spreadsReads && call.options().readOnly()) {
			return null;
		}
		LettucePipelineCalls.requireSupport();
		Object pipeline = LettuceTransport.connection(LettuceAccess.commands((LettuceConnection) connection));
		RedisClusterNode master = ((StatefulRedisClusterConnection<?, ?>) pipeline).getPartitions()
			.getMasterBySlot(slot);
		return (master != null) ? node(master.getUri().getHost(), master.getUri().getPort(), ConnectionIntent.WRITE)
				: null;
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call, Runnable healed) {
		this.deferral.defer((LettuceConnection) connection, call, true, healed);
	}

	@Override
	public boolean isAsynchronous() {
		return true;
	}

	private StatefulRedisClusterConnection<byte[], byte[]> connection() {
		StatefulRedisClusterConnection<byte[], byte[]> connection = known();
		return (connection != null) ? connection : connectOnce();
	}

	private @Nullable StatefulRedisClusterConnection<byte[], byte[]> known() {
		StatefulRedisClusterConnection<byte[], byte[]> connection = this.connection;
		return (connection != null && !((RedisChannelHandler<?, ?>) connection).isClosed()) ? connection : null;
	}

	private StatefulRedisClusterConnection<byte[], byte[]> connectOnce() {
		this.connecting.lock();
		try {
			StatefulRedisClusterConnection<byte[], byte[]> connection = known();
			return (connection != null) ? connection : connect();
		}
		finally {
			this.connecting.unlock();
		}
	}

	private StatefulRedisClusterConnection<byte[], byte[]> connect() {
		LettuceConnection connection = (LettuceConnection) this.factory.getConnection();
		try {
			StatefulRedisClusterConnection<byte[], byte[]> nativeConnection = (StatefulRedisClusterConnection<byte[], byte[]>) LettuceTransport
				.nativeConnection(connection);
			this.connection = nativeConnection;
			return nativeConnection;
		}
		finally {
			// One that is not shared is kept instead.
			if (this.factory.getShareNativeConnection()) {
				connection.close();
			}
		}
	}

	/**
	 * A node of the cluster.
	 */
	private final class Node extends LettuceNode {

		private final String host;

		private final int port;

		private final ConnectionIntent intent;

		private volatile @Nullable RedisClusterNode description;

		private volatile @Nullable LettuceChannel channel;

		Node(String name, String host, int port, ConnectionIntent intent) {
			super(name, LettuceClusterTransport.this.factory, false);
			this.host = host;
			this.port = port;
			this.intent = intent;
		}

		@Override
		public @Nullable LettuceChannel open() {
			LettuceChannel channel = this.channel;
			return (channel != null && channel.isOpen()) ? channel : null;
		}

		@Override
		public CompletableFuture<LettuceChannel> connect() {
			return LettuceClusterTransport.this.connection()
				.getConnectionAsync(this.host, this.port, this.intent)
				.handle(this::connected);
		}

		private synchronized LettuceChannel connected(@Nullable StatefulRedisConnection<byte[], byte[]> connection,
				@Nullable Throwable ex) {
			if (connection == null) {
				throw new NotSentException("No connection to " + name() + "; nothing was sent", ex);
			}
			LettuceChannel channel = this.channel;
			if (channel == null || channel.connection() != connection) {
				channel = new LettuceChannel(connection, true, null);
				this.channel = channel;
			}
			return channel;
		}

	}

	/**
	 * The nodes that read-only calls are spread over: Lettuce chooses by the key and the
	 * application's {@code ReadFrom}.
	 */
	private final class ReadNode extends LettuceNode {

		private volatile @Nullable LettuceChannel channel;

		ReadNode() {
			super("a replica", LettuceClusterTransport.this.factory, false);
		}

		@Override
		public boolean isHealedWithSource(ScriptCall call) {
			return true;
		}

		@Override
		public LettuceChannel open() {
			StatefulRedisClusterConnection<byte[], byte[]> connection = connection();
			LettuceChannel channel = this.channel;
			if (channel == null || channel.connection() != connection) {
				channel = new LettuceChannel(connection, false, null);
				this.channel = channel;
			}
			return channel;
		}

		@Override
		public CompletableFuture<LettuceChannel> connect() {
			return CompletableFuture.completedFuture(open());
		}

	}

}
