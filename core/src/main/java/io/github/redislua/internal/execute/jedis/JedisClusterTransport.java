package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;

import io.github.redislua.internal.execute.call.NotSentException;
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

	// A monitor would pin the virtual threads that connect, and those that wait for them.
	private final Lock connecting = new ReentrantLock();

	private volatile @Nullable ClusterConnectionProvider provider;

	public JedisClusterTransport(JedisConnectionFactory factory) {
		this.factory = factory;
	}

	@Override
	public ScriptNode route(ScriptCall call) {
		int slot = Slots.of(call);
		// Any slot will do for a call without keys: masters only, the larger the
		// likelier.
		return owner((slot >= 0) ? slot : ThreadLocalRandom.current().nextInt(Slots.COUNT));
	}

	private Node owner(int slot) {
		HostAndPort address = provider().getNode(slot);
		if (address == null) {
			throw new NotSentException("No node of the cluster serves slot " + slot + "; nothing was sent", null);
		}
		return node(address);
	}

	private Node node(HostAndPort address) {
		Node node = this.nodes.get(address);
		return (node != null) ? node : this.nodes.computeIfAbsent(address, Node::new);
	}

	@Override
	public ScriptNode redirect(Redirection redirection) {
		return node(new HostAndPort(redirection.host(), redirection.port()));
	}

	@Override
	public void outdated() {
		if (this.refreshing.compareAndSet(false, true)) {
			JedisDisposal.inBackground(this::refresh);
		}
	}

	private void refresh() {
		try {
			provider().renewSlotCache();
			Thread.sleep(REFRESH_PAUSE.toMillis());
		}
		catch (JedisException ex) {
			logger.debug("Cannot read the slots of the cluster", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.refreshing.set(false);
		}
	}

	@Override
	public List<PreloadTarget> nodes() {
		ClusterConnectionProvider provider = provider();
		Set<HostAndPort> masters = new LinkedHashSet<>();
		for (int slot = 0; slot < Slots.COUNT; slot++) {
			HostAndPort master = provider.getNode(slot);
			if (master != null) {
				masters.add(master);
			}
		}
		List<PreloadTarget> targets = new ArrayList<>();
		masters.forEach((master) -> targets.add(new PreloadTarget(node(master), false)));
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
	public @Nullable Object sendBound(RedisConnection connection, @Nullable Duration timeout, byte[][] command) {
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

	private ClusterConnectionProvider provider() {
		ClusterConnectionProvider provider = this.provider;
		return (provider != null) ? provider : connectOnce();
	}

	private ClusterConnectionProvider connectOnce() {
		this.connecting.lock();
		try {
			ClusterConnectionProvider provider = this.provider;
			return (provider != null) ? provider : connect();
		}
		finally {
			this.connecting.unlock();
		}
	}

	private ClusterConnectionProvider connect() {
		RedisConnection connection = this.factory.getClusterConnection();
		try {
			ClusterConnectionProvider provider = (ClusterConnectionProvider) JedisAccess
				.provider((UnifiedJedis) connection.getNativeConnection());
			this.provider = provider;
			return provider;
		}
		catch (JedisException ex) {
			throw JedisNode.translate(this.factory, ex);
		}
		finally {
			connection.close();
		}
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
		public Closeable borrow() {
			ConnectionPool pool = this.pool;
			try {
				if (pool == null || pool.isClosed()) {
					return connect();
				}
				return pool.getResource();
			}
			catch (JedisConnectionException ex) {
				throw new NotSentException("No connection to " + name() + "; nothing was sent", ex);
			}
		}

		// The first call, or a pool that was closed because the node had left or with the
		// connection factory.
		private Closeable connect() {
			JedisClusterTransport.this.provider = null;
			ClusterConnectionProvider provider = provider();
			Closeable connection = provider.getConnection(this.address);
			this.pool = provider.getNodes().get(this.address.toString());
			return connection;
		}

	}

}
