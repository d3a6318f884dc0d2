package io.github.redislua.test.internal.topology;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.internal.server.Info;
import io.github.redislua.test.internal.server.Polling;
import io.github.redislua.test.internal.server.Server;

/**
 * Makes a cluster of servers that do not know each other yet.
 */
final class ClusterFormation {

	private final List<Server> nodes;

	private final int masters;

	/**
	 * Create the formation.
	 * @param nodes all servers, first the masters, then their replicas in turn
	 * @param masters how many masters there are
	 */
	ClusterFormation(List<Server> nodes, int masters) {
		this.nodes = nodes;
		this.masters = masters;
	}

	void form(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		for (int i = 0; i < this.nodes.size(); i++) {
			this.nodes.get(i).execute("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
		}
		for (int i = 0; i < this.masters; i++) {
			assignSlots(i);
		}
		meet();
		await(deadline, "Nodes of the cluster know each other", this::knowsAll);
		for (int i = this.masters; i < this.nodes.size(); i++) {
			String id = String.valueOf(this.nodes.get(i % this.masters).execute("CLUSTER", "MYID"));
			this.nodes.get(i).execute("CLUSTER", "REPLICATE", id);
		}
		await(deadline, "Cluster in order", ClusterFormation::obstacle);
		await(deadline, "Nodes of the cluster know all replicas", this::knowsReplicas);
	}

	private void assignSlots(int master) {
		int first = ClusterSlots.COUNT * master / this.masters;
		int last = ClusterSlots.COUNT * (master + 1) / this.masters - 1;
		this.nodes.get(master).execute("CLUSTER", "ADDSLOTSRANGE", Integer.toString(first), Integer.toString(last));
	}

	// Each with each: gossip would get there too, but takes seconds.
	private void meet() {
		for (Server node : this.nodes) {
			for (Server other : this.nodes) {
				if (node.port() < other.port()) {
					node.execute("CLUSTER", "MEET", other.host(), Integer.toString(other.port()));
				}
			}
		}
	}

	private void await(long deadline, String what, Check check) {
		Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
		Polling.await(left, what, () -> {
			for (Server node : this.nodes) {
				String obstacle = check.obstacle(node);
				if (obstacle != null) {
					return obstacle;
				}
			}
			return null;
		});
	}

	private @Nullable String knowsAll(Server node) {
		List<String> lines = String.valueOf(node.execute("CLUSTER", "NODES")).lines().toList();
		long known = lines.stream().filter((line) -> !line.contains("handshake")).count();
		return (known == this.nodes.size() && lines.size() == known) ? null
				: "%s knows %s of %s nodes".formatted(node, known, this.nodes.size());
	}

	private @Nullable String knowsReplicas(Server node) {
		long replicas = String.valueOf(node.execute("CLUSTER", "NODES"))
			.lines()
			.filter((line) -> line.contains("slave") && line.contains("connected") && !line.contains("disconnected"))
			.count();
		return (replicas == this.nodes.size() - this.masters) ? null : "%s knows %s replicas".formatted(node, replicas);
	}

	/**
	 * Why a node is not an up-to-date part of its cluster.
	 * @param node the node
	 * @return the reason, or {@code null} if it is
	 */
	static @Nullable String obstacle(Server node) {
		String state = Info.get(node, "cluster_state", "CLUSTER", "INFO");
		if (!state.equals("ok")) {
			return "%s says the cluster's state is '%s'".formatted(node, state);
		}
		String replication = Replication.obstacle(node);
		return (replication.isEmpty()) ? null : replication;
	}

	private interface Check {

		@Nullable String obstacle(Server node);

	}

}
