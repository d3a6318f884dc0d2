package io.github.redislua.test;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Makes a cluster of servers that do not know each other yet.
 */
final class ClusterFormation {

	private final List<LocalRedis> nodes;

	private final int masters;

	/**
	 * Create the formation.
	 * @param nodes all servers, first the masters, then their replicas in turn
	 * @param masters how many masters there are
	 */
	ClusterFormation(List<LocalRedis> nodes, int masters) {
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
		for (LocalRedis node : this.nodes) {
			for (LocalRedis other : this.nodes) {
				if (node.getPort() < other.getPort()) {
					node.execute("CLUSTER", "MEET", other.getHost(), Integer.toString(other.getPort()));
				}
			}
		}
	}

	private void await(long deadline, String what, Check check) {
		Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
		Polling.await(left, what, () -> {
			for (LocalRedis node : this.nodes) {
				String obstacle = check.obstacle(node);
				if (obstacle != null) {
					return obstacle;
				}
			}
			return null;
		});
	}

	private @Nullable String knowsAll(LocalRedis node) {
		List<String> lines = String.valueOf(node.execute("CLUSTER", "NODES")).lines().toList();
		long known = lines.stream().filter((line) -> !line.contains("handshake")).count();
		return (known == this.nodes.size() && lines.size() == known) ? null
				: "%s knows %d of %d nodes".formatted(node, known, this.nodes.size());
	}

	private @Nullable String knowsReplicas(LocalRedis node) {
		long replicas = String.valueOf(node.execute("CLUSTER", "NODES"))
			.lines()
			.filter((line) -> line.contains("slave") && line.contains("connected") && !line.contains("disconnected"))
			.count();
		return (replicas == this.nodes.size() - this.masters) ? null : "%s knows %d replicas".formatted(node, replicas);
	}

	/**
	 * Why a node is not an up-to-date part of its cluster.
	 * @param node the node
	 * @return the reason, or {@code null} if it is
	 */
	static @Nullable String obstacle(LocalRedis node) {
		String state = Info.get(node, "cluster_state", "CLUSTER", "INFO");
		if (!state.equals("ok")) {
			return "%s says the cluster's state is '%s'".formatted(node, state);
		}
		String replication = Replication.obstacle(node);
		return (replication.isEmpty()) ? null : replication;
	}

	private interface Check {

		@Nullable String obstacle(LocalRedis node);

	}

}
