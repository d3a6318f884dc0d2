package io.github.redislua.tests;

import io.github.redislua.test.LocalRedis;

/**
 * What a server counted.
 */
final class Statistics {

	private Statistics() {
	}

	/**
	 * How often a command was called.
	 * @param server the server
	 * @param command the command, {@code script|load} for a subcommand
	 * @return the number of calls since the last {@code CONFIG RESETSTAT}
	 */
	static long calls(LocalRedis server, String command) {
		return command(server, command, "calls");
	}

	static long rejected(LocalRedis server, String command) {
		return command(server, command, "rejected_calls");
	}

	private static long command(LocalRedis server, String command, String name) {
		String info = String.valueOf(server.execute("INFO", "commandstats"));
		for (String line : info.split("\r?\n")) {
			if (line.startsWith("cmdstat_" + command + ":")) {
				for (String field : line.substring(line.indexOf(':') + 1).split(",")) {
					if (field.startsWith(name + "=")) {
						return Long.parseLong(field.substring(name.length() + 1));
					}
				}
			}
		}
		return 0;
	}

}
