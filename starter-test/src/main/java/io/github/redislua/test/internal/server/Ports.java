package io.github.redislua.test.internal.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import io.github.redislua.test.LocalRedisException;

/**
 * Free loopback ports below the range from which operating systems take the local ports
 * of outgoing connections. A port from that range can be lost while its server is down
 * for a restart: to any connection, and even to the client that reconnects to it, which
 * then talks to itself.
 */
public final class Ports {

	private static final int LOWEST = 10_240;

	private static final int HIGHEST = 32_767;

	/** Redis Cluster's bus listens this far above the port. */
	private static final int BUS_OFFSET = 10_000;

	private static final int ATTEMPTS = 1_000;

	private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

	private Ports() {
	}

	/**
	 * Reserve a free port within this JVM.
	 * @param cluster whether the port of the cluster bus must be free, too
	 * @return the port
	 */
	public static int reserve(boolean cluster) {
		int highest = (cluster) ? HIGHEST - BUS_OFFSET : HIGHEST;
		for (int i = 0; i < ATTEMPTS; i++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, highest + 1);
			if (TAKEN.add(port)) {
				if (isFree(port) && (!cluster || isFree(port + BUS_OFFSET))) {
					return port;
				}
				TAKEN.remove(port);
			}
		}
		throw new LocalRedisException("No free port between %s and %s on 127.0.0.1".formatted(LOWEST, highest));
	}

	public static void release(int port) {
		TAKEN.remove(port);
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(false);
			socket.bind(new InetSocketAddress(InetAddress.getByName(Server.HOST), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
