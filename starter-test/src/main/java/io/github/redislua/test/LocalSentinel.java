package io.github.redislua.test;

import java.time.Duration;
import java.util.List;

import io.github.redislua.test.internal.server.Server;
import io.github.redislua.test.internal.topology.Sentinels;

/**
 * A master with two replicas, watched by three real Redis Sentinels, for tests and
 * development, on loopback ports, without persistence. It ends with {@link #close()}, and
 * with the JVM at the latest.
 * <p>
 * A master that is away for half a second is replaced; the failover takes two to three
 * seconds.
 */
public final class LocalSentinel implements AutoCloseable {

	private final Sentinels all;

	private final List<LocalRedis> servers;

	private final List<LocalRedis> sentinels;

	private LocalSentinel(Sentinels all) {
		this.all = all;
		this.servers = all.servers().stream().map(LocalRedis::new).toList();
		this.sentinels = all.sentinels().stream().map(LocalRedis::new).toList();
	}

	/**
	 * Start servers and sentinels.
	 * @return all of them, when the sentinels know each other and both replicas
	 * @throws LocalRedisUnavailableException if there is no server program
	 * @throws LocalRedisException if they aren't ready within 30 seconds
	 */
	public static LocalSentinel start() {
		return start(LocalRedis.builder());
	}

	/**
	 * Start servers with options, and sentinels.
	 * @param server what master and replicas are like; the port must not be set
	 * @return all of them, when the sentinels know each other and both replicas
	 * @throws LocalRedisUnavailableException if there is no server program
	 * @throws LocalRedisException if they aren't ready within 30 seconds
	 */
	public static LocalSentinel start(LocalRedis.Builder server) {
		return new LocalSentinel(Sentinels.start(server.options()));
	}

	/**
	 * The name under which the sentinels know the master, as
	 * {@code spring.data.redis.sentinel.master} takes it.
	 * @return {@code mymaster}
	 */
	public String getMasterName() {
		return Sentinels.MASTER_NAME;
	}

	/**
	 * The addresses of the sentinels, as {@code spring.data.redis.sentinel.nodes} takes
	 * them.
	 * @return {@code host:port} of each sentinel
	 */
	public List<String> getSentinelNodes() {
		return this.all.sentinels().stream().map(Server::address).toList();
	}

	/**
	 * The sentinels' processes.
	 * @return the sentinels, always in the same order
	 */
	public List<LocalRedis> getSentinels() {
		return this.sentinels;
	}

	/**
	 * The servers, running or not: first the one that began as master.
	 * @return the servers, always in the same order
	 */
	public List<LocalRedis> getServers() {
		return this.servers;
	}

	/**
	 * The master at the moment, by SENTINEL GET-MASTER-ADDR-BY-NAME. While a failover is
	 * on its way that is still the old one.
	 * @return the master
	 * @throws LocalRedisException if no running sentinel knows
	 */
	public LocalRedis getMaster() {
		return this.servers.get(this.all.servers().indexOf(this.all.master()));
	}

	/**
	 * Wait until the sentinels agree on a master that is up, know each other, and all
	 * running replicas are linked to it, for instance after {@link LocalRedis#kill()}.
	 * @param timeout how long to wait
	 * @throws LocalRedisException if that takes longer; the message says what is missing
	 */
	public void awaitReady(Duration timeout) {
		this.all.awaitReady(timeout);
	}

	/**
	 * End all sentinels and servers. Closing twice does no harm.
	 */
	@Override
	public void close() {
		this.all.close();
	}

	@Override
	public String toString() {
		return "Redis Sentinel %s watching %s".formatted(getSentinelNodes(), this.servers);
	}

}
