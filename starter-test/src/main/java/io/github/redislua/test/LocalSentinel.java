package io.github.redislua.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A master with two replicas, watched by three real Redis Sentinels, for tests and
 * development, on loopback ports, without persistence. It ends with {@link #close()}, and
 * with the JVM at the latest.
 * <p>
 * A master that is away for half a second is replaced; the failover takes two to three
 * seconds.
 */
public final class LocalSentinel implements AutoCloseable {

	private static final String MASTER_NAME = "mymaster";

	private static final int REPLICAS = 2;

	private static final int SENTINELS = 3;

	private static final Duration READY = Duration.ofSeconds(30);

	private static final Duration ANSWER = Duration.ofSeconds(2);

	private final List<LocalRedis> servers;

	private final List<LocalRedis> sentinels;

	private LocalSentinel(List<LocalRedis> servers, List<LocalRedis> sentinels) {
		this.servers = servers;
		this.sentinels = sentinels;
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
		List<LocalRedis> all = new ArrayList<>();
		try {
			List<LocalRedis> servers = startServers(Replication.node(server), all);
			List<LocalRedis> sentinels = Servers
				.start(Collections.nCopies(SENTINELS, sentinel(server, servers.get(0))));
			all.addAll(sentinels);
			LocalSentinel result = new LocalSentinel(servers, sentinels);
			result.awaitReady(READY);
			return result;
		}
		catch (RuntimeException | Error ex) {
			Servers.close(all);
			throw ex;
		}
	}

	private static List<LocalRedis> startServers(LocalRedis.Builder builder, List<LocalRedis> all) {
		LocalRedis master = builder.start();
		all.add(master);
		all.addAll(Servers.start(Collections.nCopies(REPLICAS,
				builder.copy().option("replicaof", master.getHost(), Integer.toString(master.getPort())))));
		List<LocalRedis> servers = List.copyOf(all);
		Polling.await(READY, "Replicas linked to their master", () -> firstObstacle(servers));
		return servers;
	}

	private static LocalRedis.Builder sentinel(LocalRedis.Builder server, LocalRedis master) {
		LocalRedis.Builder sentinel = server.sentinel()
			.option("sentinel", "monitor", MASTER_NAME, master.getHost(), Integer.toString(master.getPort()),
					Integer.toString(SENTINELS / 2 + 1))
			.option("sentinel", "down-after-milliseconds", MASTER_NAME, "500")
			.option("sentinel", "failover-timeout", MASTER_NAME, "2000")
			.option("sentinel", "parallel-syncs", MASTER_NAME, Integer.toString(REPLICAS));
		if (master.getPassword() != null) {
			sentinel.option("sentinel", "auth-pass", MASTER_NAME, master.getPassword());
		}
		return sentinel;
	}

	/**
	 * The name under which the sentinels know the master, as
	 * {@code spring.data.redis.sentinel.master} takes it.
	 * @return {@code mymaster}
	 */
	public String getMasterName() {
		return MASTER_NAME;
	}

	/**
	 * The addresses of the sentinels, as {@code spring.data.redis.sentinel.nodes} takes
	 * them.
	 * @return {@code host:port} of each sentinel
	 */
	public List<String> getSentinelNodes() {
		return this.sentinels.stream().map((sentinel) -> sentinel.getHost() + ":" + sentinel.getPort()).toList();
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
		for (LocalRedis sentinel : this.sentinels) {
			LocalRedis master = (sentinel.isResponsive()) ? masterAt(sentinel) : null;
			if (master != null) {
				return master;
			}
		}
		throw new LocalRedisException("No sentinel knows the master");
	}

	/**
	 * Wait until the sentinels agree on a master that is up, know each other, and all
	 * running replicas are linked to it, for instance after {@link LocalRedis#kill()}.
	 * @param timeout how long to wait
	 * @throws LocalRedisException if that takes longer; the message says what is missing
	 */
	public void awaitReady(Duration timeout) {
		Polling.await(timeout, "Sentinels in order", this::obstacle);
	}

	private @Nullable String obstacle() {
		LocalRedis master = getMaster();
		if (!master.isResponsive() || !Info.get(master, "role", "INFO", "replication").equals("master")) {
			return "%s is not an active master".formatted(master);
		}
		for (LocalRedis sentinel : this.sentinels) {
			if (sentinel.isResponsive()) {
				String expected = "name=%s,status=ok,address=%s:%d,slaves=%d,sentinels=%d".formatted(MASTER_NAME,
						master.getHost(), master.getPort(), REPLICAS, SENTINELS);
				String actual = Info.get(sentinel, "master0", "INFO", "sentinel");
				if (!actual.equals(expected)) {
					return "a sentinel says " + actual;
				}
			}
		}
		return firstObstacle(this.servers);
	}

	private static @Nullable String firstObstacle(List<LocalRedis> servers) {
		return servers.stream()
			.filter(LocalRedis::isResponsive)
			.map(Replication::obstacle)
			.filter((obstacle) -> !obstacle.isEmpty())
			.findFirst()
			.orElse(null);
	}

	private @Nullable LocalRedis masterAt(LocalRedis sentinel) {
		Object reply = RespClient
			.text(sentinel.execute(ANSWER, RespClient.encode("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME)));
		if (!(reply instanceof List<?> address)) {
			return null;
		}
		String port = String.valueOf(address.get(1));
		return this.servers.stream()
			.filter((server) -> Integer.toString(server.getPort()).equals(port))
			.findFirst()
			.orElse(null);
	}

	/**
	 * End all sentinels and servers. Closing twice does no harm.
	 */
	@Override
	public void close() {
		Servers.close(Stream.concat(this.sentinels.stream(), this.servers.stream()).toList());
	}

	@Override
	public String toString() {
		return "Redis Sentinel %s watching %s".formatted(getSentinelNodes(), this.servers);
	}

}
