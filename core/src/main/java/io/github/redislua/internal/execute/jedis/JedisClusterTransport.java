package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.Pool;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.PreloadTarget;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.execute.call.Slots;

/**
 * A Redis Cluster through Jedis: its knowledge of the slots and its pools are used, but
 * not its way of sending, which repeats commands of unknown outcome.
 */
public final class JedisClusterTransport implements ScriptTransport {

	private static final Log logger = LogFactory.getLog(JedisClusterTransport.class);

	/**
	 * Not more often than that the slots are read anew.
	 */
	private static final Duration REFRESH_PAUSE = Duration.ofMillis(100);

	private final JedisConnectionFactory factory;

	private final JedisArgumentsCache cache = new JedisArgumentsCache();

	private final Map<HostAndPort, Node> nodes = new ConcurrentHashMap<>();

	private final AtomicBoolean refreshing = new AtomicBoolean();

	private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> connecting = new AtomicReference<>();

	private volatile @Nullable Topology topology;

	public JedisClusterTransport(JedisConnectionFactory factory) {
		this.factory = factory;
	}

	@Override
	public @Nullable ScriptNode route(ScriptCall call) {
		int slot = Slots.of(call);
		Topology topology = this.topology;
		if (topology == null) {
			return null;
		}
		// Any slot will do for a call without keys: masters only, the larger the
		// likelier.
		int used = (slot >= 0) ? slot : ThreadLocalRandom.current().nextInt(Slots.COUNT);
		Node owner = topology.owners[used];
		if (owner == null) {
			throw CallFailure.notSent("no node of the cluster serves slot " + used, null);
		}
		return owner;
	}

	private Node node(HostAndPort address) {
		Node node = this.nodes.get(address);
		return (node != null) ? node : this.nodes.computeIfAbsent(address, Node::new);
	}

	@Override
	public CompletableFuture<@Nullable Void> connect() {
		if (this.topology != null) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
		CompletableFuture<@Nullable Void> theirs = this.connecting.compareAndExchange(null, mine);
		if (theirs != null) {
			return theirs;
		}
		try {
			JedisThreads.connect(() -> connect(mine));
		}
		catch (Throwable ex) {
			this.connecting.set(null);
			mine.completeExceptionally(ex);
		}
		return mine;
	}

	private void connect(CompletableFuture<@Nullable Void> done) {
		Throwable failure = null;
		try {
			read(provider());
		}
		catch (Throwable ex) {
			failure = ex;
		}
		this.connecting.set(null);
		if (failure == null) {
			done.complete(null);
		}
		else {
			done.completeExceptionally(CallFailure.notSent("no connection to " + description() + ": "
					+ NestedExceptionUtils.getMostSpecificCause(failure).getMessage(), failure));
		}
	}

	// The factory has another one when it was started again.
	private ClusterConnectionProvider provider() {
		if (!this.factory.isRunning()) {
			throw JedisTransport.notRunning();
		}
		RedisConnection connection = this.factory.getClusterConnection();
		try {
			return (ClusterConnectionProvider) JedisAccess.provider((UnifiedJedis) connection.getNativeConnection());
		}
		finally {
			connection.close();
		}
	}

	// One lookup a slot and generation, instead of one a call, which takes a lock.
	private void read(ClusterConnectionProvider provider) {
		@Nullable Node[] owners = new Node[Slots.COUNT];
		for (int slot = 0; slot < owners.length; slot++) {
			HostAndPort address = provider.getNode(slot);
			owners[slot] = (address != null) ? node(address) : null;
		}
		this.topology = new Topology(provider, owners);
		Set<String> known = provider.getNodes().keySet();
		this.nodes.keySet().removeIf((address) -> !known.contains(address.toString()));
	}

	@Override
	public ScriptNode redirect(Redirection redirection) {
		return node(new HostAndPort(redirection.host(), redirection.port()));
	}

	@Override
	public void outdated() {
		if (this.refreshing.compareAndSet(false, true)) {
			try {
				JedisThreads.connect(this::refresh);
			}
			catch (Throwable ex) {
				this.refreshing.set(false);
				throw ex;
			}
		}
	}

	// The pause is for failures above all.
	private void refresh() {
		try {
			ClusterConnectionProvider provider = provider();
			provider.renewSlotCache();
			read(provider);
		}
		catch (RuntimeException ex) {
			logger.debug("Cannot read the slots of the cluster", ex);
		}
		finally {
			JedisThreads.at(System.nanoTime() + REFRESH_PAUSE.toNanos(), () -> this.refreshing.set(false));
		}
	}

	@Override
	public List<PreloadTarget> nodes() {
		Topology topology = this.topology;
		if (topology == null) {
			throw CallFailure.notSent("the nodes of " + description() + " are not known", null);
		}
		Set<Node> masters = Collections.newSetFromMap(new IdentityHashMap<>());
		List<PreloadTarget> targets = new ArrayList<>();
		for (Node owner : topology.owners) {
			if (owner != null && masters.add(owner)) {
				targets.add(new PreloadTarget(owner, false));
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
		return TimeUnit.MILLISECONDS.toNanos(this.factory.getTimeout());
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, byte[][] command, long until) {
		throw new IllegalStateException("On a cluster there is no connection to be bound to");
	}

	@Override
	public @Nullable Object openBatch(RedisConnection connection) {
		return null;
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call, Runnable healed) {
		throw new IllegalStateException("Spring Data Redis has no pipelines on a cluster with Jedis");
	}

	@Override
	public boolean isAsynchronous() {
		return false;
	}

	/**
	 * Which node owns what, as it was known when it was read.
	 */
	@SuppressWarnings("ArrayRecordComponent") // not compared
	private record Topology(ClusterConnectionProvider provider, @Nullable Node[] owners) {

	}

	/**
	 * A node of the cluster.
	 */
	private final class Node extends JedisNode {

		private final HostAndPort address;

		private volatile @Nullable ConnectionPool pool;

		Node(HostAndPort address) {
			super(address.toString(), JedisClusterTransport.this.factory, JedisClusterTransport.this.cache);
			this.address = address;
		}

		@Override
		public @Nullable Pool<?> pool() {
			ConnectionPool pool = this.pool;
			if (pool != null && !pool.isClosed()) {
				return pool;
			}
			// The first call, or a pool that was closed because the node had left, or
			// with
			// the connection factory.
			Topology topology = JedisClusterTransport.this.topology;
			pool = (topology != null) ? topology.provider.getNodes().get(name()) : null;
			this.pool = pool;
			return pool;
		}

		@Override
		public Closeable open() {
			ClusterConnectionProvider provider = provider();
			Topology topology = JedisClusterTransport.this.topology;
			if (topology != null && topology.provider != provider) {
				read(provider);
			}
			return provider.getConnection(this.address);
		}

	}

}
