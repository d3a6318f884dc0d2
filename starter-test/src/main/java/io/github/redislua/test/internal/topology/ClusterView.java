package io.github.redislua.test.internal.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisException;
import io.github.redislua.test.internal.server.Server;

/**
 * What each node of a cluster says about itself at the moment. Of two nodes that both
 * claim a slot, as an old master does after a failover, the one with the later
 * configuration has it.
 */
final class ClusterView {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final Map<Server, Myself> nodes = new LinkedHashMap<>();

	private final @Nullable Server[] owners = new Server[ClusterSlots.COUNT];

	ClusterView(List<Server> servers) {
		for (Server server : servers) {
			if (server.isResponsive()) {
				this.nodes.put(server, Myself.ask(server));
			}
		}
		this.nodes.forEach(this::claim);
	}

	private void claim(Server server, Myself myself) {
		for (int[] range : myself.slots()) {
			for (int slot = range[0]; slot <= range[1]; slot++) {
				Server owner = this.owners[slot];
				if (owner == null || get(owner).epoch() < myself.epoch()) {
					this.owners[slot] = server;
				}
			}
		}
	}

	List<Server> masters() {
		return this.nodes.keySet().stream().filter(this::isMaster).toList();
	}

	List<Server> replicasOf(Server master) {
		String id = idOf(master);
		return this.nodes.keySet().stream().filter((node) -> id.equals(get(node).masterId())).toList();
	}

	String idOf(Server server) {
		return get(server).id();
	}

	@Nullable Server ownerOf(int slot) {
		return this.owners[slot];
	}

	/**
	 * Whether a node that now takes a slot from another one has the later configuration
	 * of the two from then on: it takes a number above all it has heard of.
	 * @param to the node that takes it
	 * @param from the other one
	 * @return {@code false} if it has not heard of the other one's latest configuration,
	 * or if both have the same, which one of them is going to change
	 */
	boolean canTakeOver(Server to, Server from) {
		Myself latest = get(from);
		return latest.epoch() != get(to).epoch() && Myself.lines(to)
			.filter((line) -> line.startsWith(latest.id()))
			.anyMatch((line) -> Myself.parse(line).epoch() >= latest.epoch());
	}

	/**
	 * Whether a node claims a slot, be it right or wrong.
	 * @param server the node
	 * @param slot the slot
	 * @return {@code true} if it does
	 */
	boolean claims(Server server, int slot) {
		return get(server).slots().stream().anyMatch((range) -> range[0] <= slot && slot <= range[1]);
	}

	private boolean isMaster(Server server) {
		Myself myself = get(server);
		return myself.masterId() == null
				&& (myself.slots().isEmpty() || Arrays.stream(this.owners).anyMatch((owner) -> server.equals(owner)));
	}

	private Myself get(Server server) {
		Myself myself = this.nodes.get(server);
		if (myself == null) {
			throw new LocalRedisException("%s is not a running node of this cluster".formatted(server));
		}
		return myself;
	}

	/**
	 * The line of CLUSTER NODES in which a node speaks of itself: id, address, flags,
	 * master, ping, pong, epoch, link, slots.
	 *
	 * @param id the node's id
	 * @param masterId the id of its master, {@code null} for a master
	 * @param epoch how late its configuration is
	 * @param slots the ranges of slots it claims, both ends inclusive
	 */
	private record Myself(String id, @Nullable String masterId, long epoch, List<int[]> slots) {

		static Myself ask(Server server) {
			return lines(server).filter((line) -> line.contains("myself"))
				.map(Myself::parse)
				.findFirst()
				.orElseThrow(
						() -> new LocalRedisException("%s does not list itself in CLUSTER NODES".formatted(server)));
		}

		static Stream<String> lines(Server server) {
			return String.valueOf(server.execute(TIMEOUT, "CLUSTER", "NODES")).lines();
		}

		private static Myself parse(String line) {
			String[] fields = line.split(" ");
			List<int[]> slots = new ArrayList<>();
			for (String field : Arrays.asList(fields).subList(8, fields.length)) {
				// "[93->-id]" is a slot on its way, which is listed as a plain one, too.
				if (!field.startsWith("[")) {
					String[] ends = field.split("-");
					slots.add(new int[] { Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) });
				}
			}
			return new Myself(fields[0], (fields[3].equals("-")) ? null : fields[3], Long.parseLong(fields[6]), slots);
		}

	}

}
