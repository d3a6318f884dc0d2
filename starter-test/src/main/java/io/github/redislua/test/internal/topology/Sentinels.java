package io.github.redislua.test.internal.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisException;
import io.github.redislua.test.internal.server.Info;
import io.github.redislua.test.internal.server.Polling;
import io.github.redislua.test.internal.server.Server;
import io.github.redislua.test.internal.server.ServerOptions;
import io.github.redislua.test.internal.server.Servers;

/**
 * A master with two replicas, and three sentinels that watch them. A master that is away
 * for half a second is replaced.
 */
public final class Sentinels {

	/**
	 * The name under which the sentinels know the master.
	 */
	public static final String MASTER_NAME = "mymaster";

	private static final int REPLICAS = 2;

	private static final int SENTINELS = 3;

	private static final Duration READY = Duration.ofSeconds(30);

	private static final Duration ANSWER = Duration.ofSeconds(2);

	private final List<Server> servers;

	private final List<Server> sentinels;

	private Sentinels(List<Server> servers, List<Server> sentinels) {
		this.servers = servers;
		this.sentinels = sentinels;
	}

	/**
	 * Start servers with options, and sentinels.
	 * @param server what master and replicas are like; the port must not be set
	 * @return all of them, when the sentinels know each other and both replicas
	 */
	public static Sentinels start(ServerOptions server) {
		List<Server> all = new ArrayList<>();
		try {
			List<Server> servers = startServers(Replication.node(server), all);
			List<Server> sentinels = Servers.start(Collections.nCopies(SENTINELS, sentinel(server, servers.get(0))));
			all.addAll(sentinels);
			Sentinels result = new Sentinels(servers, sentinels);
			result.awaitReady(READY);
			return result;
		}
		catch (RuntimeException | Error ex) {
			Servers.close(all);
			throw ex;
		}
	}

	private static List<Server> startServers(ServerOptions builder, List<Server> all) {
		Server master = builder.start();
		all.add(master);
		all.addAll(Servers.start(Collections.nCopies(REPLICAS,
				builder.copy().option("replicaof", master.host(), Integer.toString(master.port())))));
		List<Server> servers = List.copyOf(all);
		Polling.await(READY, "Replicas linked to their master", () -> firstObstacle(servers));
		return servers;
	}

	private static ServerOptions sentinel(ServerOptions server, Server master) {
		ServerOptions sentinel = server.sentinel()
			.option("sentinel", "monitor", MASTER_NAME, master.host(), Integer.toString(master.port()),
					Integer.toString(SENTINELS / 2 + 1))
			.option("sentinel", "down-after-milliseconds", MASTER_NAME, "500")
			.option("sentinel", "failover-timeout", MASTER_NAME, "2000")
			.option("sentinel", "parallel-syncs", MASTER_NAME, Integer.toString(REPLICAS));
		if (master.password() != null) {
			sentinel.option("sentinel", "auth-pass", MASTER_NAME, master.password());
		}
		return sentinel;
	}

	/**
	 * The sentinels' processes.
	 * @return the sentinels, always in the same order
	 */
	public List<Server> sentinels() {
		return this.sentinels;
	}

	/**
	 * The servers, running or not: first the one that began as master.
	 * @return the servers, always in the same order
	 */
	public List<Server> servers() {
		return this.servers;
	}

	/**
	 * The master at the moment, by SENTINEL GET-MASTER-ADDR-BY-NAME. While a failover is
	 * on its way that is still the old one.
	 * @return the master
	 * @throws LocalRedisException if no running sentinel knows
	 */
	public Server master() {
		for (Server sentinel : this.sentinels) {
			Server master = (sentinel.isResponsive()) ? masterAt(sentinel) : null;
			if (master != null) {
				return master;
			}
		}
		throw new LocalRedisException("No sentinel knows the master");
	}

	/**
	 * Wait until the sentinels agree on a master that is up, know each other, and all
	 * running replicas are linked to it, for instance after {@link Server#kill()}.
	 * @param timeout how long to wait
	 * @throws LocalRedisException if that takes longer; the message says what is missing
	 */
	public void awaitReady(Duration timeout) {
		Polling.await(timeout, "Sentinels in order", this::obstacle);
	}

	private @Nullable String obstacle() {
		Server master = master();
		if (!master.isResponsive() || !Info.get(master, "role", "INFO", "replication").equals("master")) {
			return "%s is not an active master".formatted(master);
		}
		for (Server sentinel : this.sentinels) {
			if (sentinel.isResponsive()) {
				String expected = "name=%s,status=ok,address=%s:%s,slaves=%s,sentinels=%s".formatted(MASTER_NAME,
						master.host(), master.port(), REPLICAS, SENTINELS);
				String actual = Info.get(sentinel, "master0", "INFO", "sentinel");
				if (!actual.equals(expected)) {
					return "a sentinel says " + actual;
				}
			}
		}
		return firstObstacle(this.servers);
	}

	private static @Nullable String firstObstacle(List<Server> servers) {
		return servers.stream()
			.filter(Server::isResponsive)
			.map(Replication::obstacle)
			.filter((obstacle) -> !obstacle.isEmpty())
			.findFirst()
			.orElse(null);
	}

	private @Nullable Server masterAt(Server sentinel) {
		Object reply = sentinel.execute(ANSWER, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME);
		if (!(reply instanceof List<?> address)) {
			return null;
		}
		String port = String.valueOf(address.get(1));
		return this.servers.stream()
			.filter((server) -> Integer.toString(server.port()).equals(port))
			.findFirst()
			.orElse(null);
	}

	/**
	 * End all sentinels and servers. Closing twice does no harm.
	 */
	public void close() {
		Servers.close(Stream.concat(this.sentinels.stream(), this.servers.stream()).toList());
	}

}
