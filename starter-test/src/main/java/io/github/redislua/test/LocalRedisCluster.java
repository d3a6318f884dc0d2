package io.github.redislua.test;

import java.time.Duration;
import java.util.List;

import io.github.redislua.test.internal.server.Server;
import io.github.redislua.test.internal.topology.Cluster;
import io.github.redislua.test.internal.topology.ClusterSlots;

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

	private final Cluster cluster;

	private final List<LocalRedis> nodes;

	private LocalRedisCluster(Cluster cluster) {
		this.cluster = cluster;
		this.nodes = cluster.nodes().stream().map(LocalRedis::new).toList();
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
		return new LocalRedisCluster(Cluster.start(masters, replicasEach, node.options()));
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
		return local(this.cluster.masters());
	}

	/**
	 * The running replicas of a master at the moment.
	 * @param master the master
	 * @return its replicas
	 * @throws LocalRedisException if that isn't a running node of this cluster, or a node
	 * does not answer
	 */
	public List<LocalRedis> getReplicasOf(LocalRedis master) {
		return local(this.cluster.replicasOf(master.server()));
	}

	/**
	 * The addresses of all nodes, as {@code spring.data.redis.cluster.nodes} takes them.
	 * @return {@code host:port} of each node
	 */
	public List<String> getSeedNodes() {
		return this.cluster.nodes().stream().map(Server::address).toList();
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
		return local(this.cluster.masterOf(key));
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
		this.cluster.moveSlot(slot, from.server(), to.server());
	}

	/**
	 * Wait until every running node sees the whole cluster in order and every running
	 * replica is linked to its master, for instance after {@link LocalRedis#kill()}.
	 * @param timeout how long to wait
	 * @throws LocalRedisException if that takes longer; the message says what is missing
	 */
	public void awaitReady(Duration timeout) {
		this.cluster.awaitReady(timeout);
	}

	private List<LocalRedis> local(List<Server> servers) {
		return servers.stream().map(this::local).toList();
	}

	private LocalRedis local(Server server) {
		return this.nodes.get(this.cluster.nodes().indexOf(server));
	}

	/**
	 * End all nodes. Closing twice does no harm.
	 */
	@Override
	public void close() {
		this.cluster.close();
	}

	@Override
	public String toString() {
		return "Redis Cluster " + getSeedNodes();
	}

}
