package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.io.IOException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.NamedNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConnection;
import org.springframework.data.redis.connection.RedisServer;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * The one server, or the master that Sentinel names, on connections from the factory's
 * pool, or on new ones if it has none.
 */
final class JedisServer extends JedisNode {

	private static final Log logger = LogFactory.getLog(JedisServer.class);

	private final JedisConnectionFactory factory;

	// Spring Data Redis 4.1 has both kinds of client, and a setting that chooses.
	private final boolean unified;

	private volatile @Nullable ConnectionPool master;

	JedisServer(String name, JedisConnectionFactory factory, boolean unified) {
		super(name, factory, new JedisArgumentsCache());
		this.factory = factory;
		this.unified = unified;
	}

	@Override
	public @Nullable Pool<?> pool() {
		return this.unified ? pool(provider()) : JedisAccess.pool(this.factory);
	}

	private @Nullable ConnectionProvider provider() {
		UnifiedJedis client = JedisAccess.unifiedClient(this.factory);
		return (client != null) ? JedisAccess.provider(client) : null;
	}

	private @Nullable Pool<?> pool(@Nullable ConnectionProvider provider) {
		if (provider instanceof PooledConnectionProvider pooled) {
			return pooled.getPool();
		}
		if (!(provider instanceof SentineledConnectionProvider)) {
			return null;
		}
		ConnectionPool master = this.master;
		if (master == null || master.isClosed()) {
			// There is another one after a failover, and after the factory was stopped.
			master = (ConnectionPool) provider.getConnectionMap().values().iterator().next();
			this.master = master;
		}
		return master;
	}

	@Override
	public Closeable open() {
		if (!this.factory.isRunning()) {
			// It would give connections out that nobody closes.
			throw JedisTransport.notRunning();
		}
		if (!this.unified) {
			return JedisAccess.fetchJedis(this.factory);
		}
		ConnectionProvider provider = provider();
		if (provider == null) {
			throw JedisTransport.notRunning();
		}
		return provider.getConnection();
	}

	// The driver hears from the sentinels, if they speak of it: not where the roles were
	// swapped while they were away.
	@Override
	@Nullable Pool<?> renewed() {
		RedisSentinelConfiguration sentinel = this.factory.getSentinelConfiguration();
		NamedNode name = (sentinel != null) ? sentinel.getMaster() : null;
		Object listener = this.unified ? provider() : pool();
		if (name != null && name.getName() != null && listener != null) {
			try {
				RedisServer master = master(name.getName());
				if (master != null && master.getHost() != null && master.getPort() != null) {
					JedisAccess.master(listener, new HostAndPort(master.getHost(), master.getPort()));
				}
			}
			catch (RuntimeException ex) {
				logger.debug("Cannot ask the sentinels for " + name(), ex);
			}
		}
		return pool();
	}

	private @Nullable RedisServer master(String name) {
		RedisSentinelConnection sentinel = this.factory.getSentinelConnection();
		try {
			for (RedisServer master : sentinel.masters()) {
				if (name.equals(master.getName())) {
					return master;
				}
			}
			return null;
		}
		finally {
			close(sentinel);
		}
	}

	private static void close(RedisSentinelConnection sentinel) {
		try {
			sentinel.close();
		}
		catch (IOException ex) {
			logger.debug("Cannot close the connection to a sentinel", ex);
		}
	}

}
