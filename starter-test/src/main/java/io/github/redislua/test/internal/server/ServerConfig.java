package io.github.redislua.test.internal.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The directives of a {@code redis.conf}, in order; of two with the same name the server
 * takes the later one.
 */
final class ServerConfig {

	private final List<List<String>> directives;

	ServerConfig() {
		this(List.of());
	}

	private ServerConfig(List<List<String>> directives) {
		this.directives = new ArrayList<>(directives);
	}

	ServerConfig copy() {
		return new ServerConfig(this.directives);
	}

	ServerConfig add(String name, String... values) {
		List<String> directive = new ArrayList<>();
		directive.add(name.toLowerCase(Locale.ROOT));
		directive.addAll(List.of(values));
		this.directives.add(List.copyOf(directive));
		return this;
	}

	/**
	 * Add directives as they are written on the command line.
	 * @param options {@code "--name", "value", "value", "--name"} and so on
	 * @return this
	 */
	ServerConfig addOptions(String... options) {
		int next = 0;
		while (next < options.length) {
			String name = options[next++];
			if (!name.startsWith("--") || name.length() == 2) {
				throw new IllegalArgumentException("'%s' is not an option such as --maxmemory".formatted(name));
			}
			List<String> values = new ArrayList<>();
			while (next < options.length && !options[next].startsWith("--")) {
				values.add(options[next++]);
			}
			add(name.substring(2), values.toArray(String[]::new));
		}
		return this;
	}

	void forEach(BiConsumer<String, String[]> action) {
		for (List<String> directive : this.directives) {
			action.accept(directive.get(0), directive.stream().skip(1).toArray(String[]::new));
		}
	}

	/**
	 * The first value of the last directive with a name.
	 * @param name the name, in lower case
	 * @return the value, or {@code null} if there is none
	 */
	@Nullable String get(String name) {
		String value = null;
		for (List<String> directive : this.directives) {
			if (directive.get(0).equals(name) && directive.size() > 1) {
				value = directive.get(1);
			}
		}
		return value;
	}

	boolean isCluster() {
		return "yes".equalsIgnoreCase(get("cluster-enabled"));
	}

	/**
	 * The text of the file.
	 * @return one directive a line
	 */
	String text() {
		StringBuilder text = new StringBuilder();
		for (List<String> directive : this.directives) {
			text.append(directive.get(0));
			directive.stream().skip(1).forEach((value) -> text.append(' ').append(quote(value)));
			text.append('\n');
		}
		return text.toString();
	}

	private static String quote(String value) {
		return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
	}

}
