package io.github.redislua.test.internal.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisException;
import io.github.redislua.test.internal.server.Polling;
import io.github.redislua.test.internal.server.RespClient;
import io.github.redislua.test.internal.server.Server;
import io.github.redislua.test.internal.server.ServerOptions;
import io.github.redislua.test.internal.server.Servers;

/**
 * The nodes of a Redis Cluster on loopback ports. A node that is away for two seconds is
 * taken for failed.
 */
public final class Cluster {

	private static final Duration READY = Duration.ofSeconds(30);

	private static final int MIGRATE_MILLIS = 5_000;

	private static final int MIGRATE_KEYS = 100;

	private final List<Server> nodes;

	private Cluster(List<Server> nodes) {
		this.nodes = nodes;
	}

	/**
	 * Start a cluster of servers with options.
	 * @param masters how many nodes own slots; a failover needs three of them
	 * @param replicasEach how many replicas each of them has
	 * @param node what each node is like; its port must not be set
	 * @return the cluster, when every node knows all others and every replica is linked
	 */
	public static Cluster start(int masters, int replicasEach, ServerOptions node) {
		if (masters < 1 || replicasEach < 0) {
			throw new IllegalArgumentException(
					"Not a cluster: %s masters with %s replicas each".formatted(masters, replicasEach));
		}
		ServerOptions builder = Replication.node(node)
			.option("cluster-enabled", "yes")
			.option("cluster-config-file", "nodes.conf")
			.option("cluster-node-timeout", "2000");
		List<Server> nodes = Servers.start(Collections.nCopies(masters * (1 + replicasEach), builder));
		try {
			new ClusterFormation(nodes, masters).form(READY);
			return new Cluster(nodes);
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
	public List<Server> nodes() {
		return this.nodes;
	}

	/**
	 * The running masters at the moment.
	 * @return the masters
	 * @throws LocalRedisException if a running node does not answer
	 */
	public List<Server> masters() {
		return view().masters();
	}

	/**
	 * The running replicas of a master at the moment.
	 * @param master the master
	 * @return its replicas
	 * @throws LocalRedisException if that isn't a running node of this cluster, or a node
	 * does not answer
	 */
	public List<Server> replicasOf(Server master) {
		return view().replicasOf(master);
	}

	/**
	 * The running master that owns a key's slot at the moment.
	 * @param key the key
	 * @return the master
	 * @throws LocalRedisException if no running node owns it
	 */
	public Server masterOf(String key) {
		int slot = ClusterSlots.of(key);
		Server owner = view().ownerOf(slot);
		if (owner == null) {
			throw new LocalRedisException("No running node owns slot %s of key '%s'".formatted(slot, key));
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
	public void moveSlot(int slot, Server from, Server to) {
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
		List<Server> informed = new ArrayList<>(List.of(to, from));
		view.masters().stream().filter((master) -> !informed.contains(master)).forEach(informed::add);
		informed.forEach((master) -> master.execute("CLUSTER", "SETSLOT", number, "NODE", toId));
		Polling.await(READY, "Slot %s is at %s".formatted(slot, to), () -> assign(slot, to, toId));
	}

	// Says it again to a node that has taken the slot from the new owner all the same.
	private @Nullable String assign(int slot, Server to, String toId) {
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
	 * replica is linked to its master, for instance after {@link Server#kill()}.
	 * @param timeout how long to wait
	 * @throws LocalRedisException if that takes longer; the message says what is missing
	 */
	public void awaitReady(Duration timeout) {
		Polling.await(timeout, "Cluster in order", () -> {
			for (Server node : this.nodes) {
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
	private static List<byte[]> keysIn(Server node, String slot) {
		Object keys = node.execute(RespClient.encode("CLUSTER", "GETKEYSINSLOT", slot, Integer.toString(MIGRATE_KEYS)));
		return (keys instanceof List<?> list) ? list.stream().map(byte[].class::cast).toList() : List.of();
	}

	private static void migrate(List<byte[]> keys, Server from, Server to) {
		List<byte[]> command = new ArrayList<>(List.of(RespClient.encode("MIGRATE", to.host(),
				Integer.toString(to.port()), "", "0", Integer.toString(MIGRATE_MILLIS))));
		if (to.password() != null) {
			command.addAll(List.of(RespClient.encode("AUTH", to.password())));
		}
		command.addAll(List.of(RespClient.encode("KEYS")));
		command.addAll(keys);
		from.execute(command.toArray(byte[][]::new));
	}

	/**
	 * End all nodes. Closing twice does no harm.
	 */
	public void close() {
		Servers.close(this.nodes);
	}

}
