package io.github.redislua.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A real Redis Cluster for tests and development, on loopback ports, without persistence.
 * It ends with {@link #close()}, and with the JVM at the latest.
 *
 * <pre class="code">
 * try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 1)) {
 *     cluster.masterOf("greeting").execute("SET", "greeting", "hello");
 * }
 * </pre>
 *
 * A node that is away for two seconds is taken for failed, and a replica takes over.
 */
public final class LocalRedisCluster implements AutoCloseable {

	private static final Duration READY = Duration.ofSeconds(30);

	private static final int MIGRATE_MILLIS = 5_000;

	private static final int MIGRATE_KEYS = 100;

	private final List<LocalRedis> nodes;

	private LocalRedisCluster(List<LocalRedis> nodes) {
		this.nodes = nodes;
	}

	/**
	 * Start a cluster.
	 * @param masters how many nodes own slots; a failover needs three of them
	 * @param replicasEach how many replicas each of them has
	 * @return the cluster, when every node knows all others and every replica is linked
	 * @throws LocalRedisUnavailableException if there is no server program
	 * @throws LocalRedisException if the cluster isn't ready within 30 seconds
	 */
	public static LocalRedisCluster start(int masters, int replicasEach) {
		return start(masters, replicasEach, LocalRedis.builder());
	}

	/**
	 * Start a cluster of servers with options.
	 * @param masters how many nodes own slots; a failover needs three of them
	 * @param replicasEach how many replicas each of them has
	 * @param node what each node is like; its port must not be set
	 * @return the cluster, when every node knows all others and every replica is linked
	 * @throws LocalRedisUnavailableException if there is no server program
	 * @throws LocalRedisException if the cluster isn't ready within 30 seconds
	 */
	public static LocalRedisCluster start(int masters, int replicasEach, LocalRedis.Builder node) {
		if (masters < 1 || replicasEach < 0) {
			throw new IllegalArgumentException(
					"Not a cluster: %d masters with %d replicas each".formatted(masters, replicasEach));
		}
		LocalRedis.Builder builder = Replication.node(node)
			.option("cluster-enabled", "yes")
			.option("cluster-config-file", "nodes.conf")
			.option("cluster-node-timeout", "2000");
		List<LocalRedis> nodes = Servers.start(Collections.nCopies(masters * (1 + replicasEach), builder));
		try {
			new ClusterFormation(nodes, masters).form(READY);
			return new LocalRedisCluster(nodes);
		}
		catch (RuntimeException | Error ex) {
			Servers.close(nodes);
			throw ex;
		}
	}

	/**
	 * All nodes, running or not: first those that began as masters, then their replicas.
	 * @return the nodes, always in the same order
	 */
	public List<LocalRedis> getNodes() {
		return this.nodes;
	}

	/**
	 * The running masters at the moment.
	 * @return the masters
	 * @throws LocalRedisException if a running node does not answer
	 */
	public List<LocalRedis> getMasters() {
		return view().masters();
	}

	/**
	 * The running replicas of a master at the moment.
	 * @param master the master
	 * @return its replicas
	 * @throws LocalRedisException if that isn't a running node of this cluster, or a node
	 * does not answer
	 */
	public List<LocalRedis> getReplicasOf(LocalRedis master) {
		return view().replicasOf(master);
	}

	/**
	 * The addresses of all nodes, as {@code spring.data.redis.cluster.nodes} takes them.
	 * @return {@code host:port} of each node
	 */
	public List<String> getSeedNodes() {
		return this.nodes.stream().map((node) -> node.getHost() + ":" + node.getPort()).toList();
	}

	/**
	 * The slot of a key: CRC16 of it, or of its hash tag.
	 * @param key the key
	 * @return a number from 0 to 16383
	 */
	public int slotOf(String key) {
		return ClusterSlots.of(key);
	}

	/**
	 * The running master that owns a key's slot at the moment.
	 * @param key the key
	 * @return the master
	 * @throws LocalRedisException if no running node owns it
	 */
	public LocalRedis masterOf(String key) {
		int slot = slotOf(key);
		LocalRedis owner = view().ownerOf(slot);
		if (owner == null) {
			throw new LocalRedisException("No running node owns slot %d of key '%s'".formatted(slot, key));
		}
		return owner;
	}

	/**
	 * Move a slot and its keys to another master, as resharding does: SETSLOT IMPORTING
	 * and MIGRATING, MIGRATE, SETSLOT NODE. Returns when the new owner has the slot for
	 * good.
	 * @param slot the slot, from 0 to 16383
	 * @param from the master that owns it
	 * @param to the master that shall own it
	 * @throws LocalRedisException if one of them refuses
	 */
	public void moveSlot(int slot, LocalRedis from, LocalRedis to) {
		ClusterView view = view();
		String fromId = view.idOf(from);
		String toId = view.idOf(to);
		String number = Integer.toString(slot);
		to.execute("CLUSTER", "SETSLOT", number, "IMPORTING", fromId);
		from.execute("CLUSTER", "SETSLOT", number, "MIGRATING", toId);
		List<byte[]> keys = keysIn(from, number);
		while (!keys.isEmpty()) {
			migrate(keys, from, to);
			keys = keysIn(from, number);
		}
		// With an older configuration than the old owner's, the new one would give the
		// slot back to a heartbeat that is still on its way, and then nobody has it.
		Polling.await(READY, "%s hears of %s".formatted(to, from),
				() -> (view().canTakeOver(to, from)) ? null : "it knows an older configuration");
		List<LocalRedis> informed = new ArrayList<>(List.of(to, from));
		view.masters().stream().filter((master) -> !informed.contains(master)).forEach(informed::add);
		informed.forEach((master) -> master.execute("CLUSTER", "SETSLOT", number, "NODE", toId));
		Polling.await(READY, "Slot %d is at %s".formatted(slot, to), () -> assign(slot, to, toId));
	}

	// Says it again to a node that has taken the slot from the new owner all the same.
	private @Nullable String assign(int slot, LocalRedis to, String toId) {
		ClusterView view = view();
		if (view.claims(to, slot)) {
			return null;
		}
		to.execute("CLUSTER", "BUMPEPOCH");
		to.execute("CLUSTER", "SETSLOT", Integer.toString(slot), "NODE", toId);
		return "%s has it".formatted(view.ownerOf(slot));
	}

	/**
	 * Wait until every running node sees the whole cluster in order and every running
	 * replica is linked to its master, for instance after {@link LocalRedis#kill()}.
	 * @param timeout how long to wait
	 * @throws LocalRedisException if that takes longer; the message says what is missing
	 */
	public void awaitReady(Duration timeout) {
		Polling.await(timeout, "Cluster in order", () -> {
			for (LocalRedis node : this.nodes) {
				String obstacle = (node.isResponsive()) ? ClusterFormation.obstacle(node) : null;
				if (obstacle != null) {
					return obstacle;
				}
			}
			ClusterView view = view();
			return (IntStream.range(0, ClusterSlots.COUNT).allMatch((slot) -> view.ownerOf(slot) != null)) ? null
					: "there are slots no running node owns";
		});
	}

	private ClusterView view() {
		return new ClusterView(this.nodes);
	}

	// Keys are bytes, not text.
	private static List<byte[]> keysIn(LocalRedis node, String slot) {
		Object keys = node.execute(RespClient.encode("CLUSTER", "GETKEYSINSLOT", slot, Integer.toString(MIGRATE_KEYS)));
		return (keys instanceof List<?> list) ? list.stream().map(byte[].class::cast).toList() : List.of();
	}

	private static void migrate(List<byte[]> keys, LocalRedis from, LocalRedis to) {
		List<byte[]> command = new ArrayList<>(List.of(RespClient.encode("MIGRATE", to.getHost(),
				Integer.toString(to.getPort()), "", "0", Integer.toString(MIGRATE_MILLIS))));
		if (to.getPassword() != null) {
			command.addAll(List.of(RespClient.encode("AUTH", to.getPassword())));
		}
		command.addAll(List.of(RespClient.encode("KEYS")));
		command.addAll(keys);
		from.execute(command.toArray(byte[][]::new));
	}

	/**
	 * End all nodes. Closing twice does no harm.
	 */
	@Override
	public void close() {
		Servers.close(this.nodes);
	}

	@Override
	public String toString() {
		return "Redis Cluster " + getSeedNodes();
	}

}
