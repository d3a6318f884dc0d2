package io.github.redislua.test;

import java.time.Duration;

/**
 * Reads the lines of replies such as INFO's: {@code name:value}.
 */
final class Info {

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
	static String get(LocalRedis server, String name, String... command) {
		Object reply = RespClient.text(server.execute(TIMEOUT, RespClient.encode(command)));
		return String.valueOf(reply)
			.lines()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1))
			.findFirst()
			.orElse("");
	}

}
