package io.github.redislua.test.internal.server;

import java.time.Duration;

/**
 * Reads the lines of replies such as INFO's: {@code name:value}.
 */
public final class Info {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private Info() {
	}

	/**
	 * One value.
	 * @param server the server to ask
	 * @param name the name of the value
	 * @param command the command whose reply has it
	 * @return the value, empty if there is none
	 */
	public static String get(Server server, String name, String... command) {
		Object reply = server.execute(TIMEOUT, command);
		return String.valueOf(reply)
			.lines()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1))
			.findFirst()
			.orElse("");
	}

}
