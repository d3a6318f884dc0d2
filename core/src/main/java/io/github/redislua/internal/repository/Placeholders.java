package io.github.redislua.internal.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.StringValueResolver;

/**
 * Placeholders that must have a value. What resolves them for an application may leave
 * alone what it does not know, and then a key would begin with the placeholder itself.
 */
public final class Placeholders implements StringValueResolver {

	private static final PropertyPlaceholderHelper REST = new PropertyPlaceholderHelper("${", "}");

	private final StringValueResolver resolver;

	/**
	 * Create new placeholders.
	 * @param resolver knows values
	 */
	public Placeholders(StringValueResolver resolver) {
		this.resolver = resolver;
	}

	/**
	 * Resolves the placeholders in a text.
	 * @param text the text
	 * @return the text with their values
	 * @throws IllegalArgumentException if one of them has none
	 */
	@Override
	public @Nullable String resolveStringValue(String text) {
		String resolved = this.resolver.resolveStringValue(text);
		if (resolved != null) {
			requireResolved(resolved);
		}
		return resolved;
	}

	/**
	 * Refuses a text with a placeholder.
	 * @param text a text whose placeholders should have been resolved
	 * @throws IllegalArgumentException if there is one left
	 */
	public static void requireResolved(String text) {
		if (text.contains("${")) {
			REST.replacePlaceholders(text, (name) -> {
				throw new IllegalArgumentException("Could not resolve placeholder '" + name + "'");
			});
		}
	}

	/**
	 * Takes the names of placeholders that have no value for their values, while an
	 * application is built and does not know all of its properties.
	 * @param text a text
	 * @return the text without placeholders
	 */
	public static String namesForValues(String text) {
		return text.contains("${") ? REST.replacePlaceholders(text, (name) -> name) : text;
	}

}
