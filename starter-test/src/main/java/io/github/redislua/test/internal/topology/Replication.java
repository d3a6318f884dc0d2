package io.github.redislua.test.internal.topology;

import io.github.redislua.test.internal.server.Info;
import io.github.redislua.test.internal.server.Server;
import io.github.redislua.test.internal.server.ServerOptions;

/**
 * What masters and replicas on one machine have in common.
 */
final class Replication {

	private Replication() {
	}

	/**
	 * A server that can be both master and replica.
	 * @param node what the user says about it
	 * @return its options, with a free port
	 */
	static ServerOptions node(ServerOptions node) {
		if (node.hasPort()) {
			throw new IllegalArgumentException("Several servers cannot share one port");
		}
		ServerOptions copy = node.copy().option("repl-diskless-sync-delay", "0");
		String password = node.get("requirepass");
		if (password != null && node.get("masterauth") == null) {
			copy.option("masterauth", password);
		}
		return copy;
	}

	/**
	 * Why a server is not an up-to-date part of its replication.
	 * @param server a master or a replica
	 * @return the reason, empty if it is
	 */
	static String obstacle(Server server) {
		if (!Info.get(server, "role", "INFO", "replication").equals("slave")
				|| Info.get(server, "master_link_status", "INFO", "replication").equals("up")) {
			return "";
		}
		return "%s is not linked to its master".formatted(server);
	}

}
