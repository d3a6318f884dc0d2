package io.github.redislua.internal.invoke;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A key template taken apart: text, and references to parameters or to properties of
 * them.
 *
 * @param source the template as written
 * @param parts its parts
 */
record KeyTemplate(String source, List<Part> parts) {

	/**
	 * Takes a template apart.
	 * @param source the template, such as <code>{cart:#userId}:items</code>
	 * @return its parts
	 * @throws IllegalArgumentException if a {@code #} stands alone
	 */
	static KeyTemplate parse(String source) {
		List<Part> parts = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		int i = 0;
		while (i < source.length()) {
			char current = source.charAt(i);
			if (current != '#') {
				text.append(current);
				i++;
			}
			else if (i + 1 < source.length() && source.charAt(i + 1) == '#') {
				text.append('#');
				i += 2;
			}
			else {
				int end = identifierEnd(source, i + 1);
				if (end == i + 1) {
					throw new IllegalArgumentException("the '#' at position " + (i + 1) + " of '" + source
							+ "' is not followed by a parameter's name");
				}
				String name = source.substring(i + 1, end);
				int propertyEnd = (end < source.length() && source.charAt(end) == '.') ? identifierEnd(source, end + 1)
						: end;
				boolean hasProperty = propertyEnd > end + 1;
				addText(parts, text);
				parts.add(new Reference(name, hasProperty ? source.substring(end + 1, propertyEnd) : null));
				i = hasProperty ? propertyEnd : end;
			}
		}
		addText(parts, text);
		return new KeyTemplate(source, List.copyOf(parts));
	}

	private static void addText(List<Part> parts, StringBuilder text) {
		if (!text.isEmpty()) {
			parts.add(new Text(text.toString()));
			text.setLength(0);
		}
	}

	private static int identifierEnd(String source, int start) {
		int end = start;
		while (end < source.length() && ((end == start) ? Character.isJavaIdentifierStart(source.charAt(end))
				: Character.isJavaIdentifierPart(source.charAt(end)))) {
			end++;
		}
		return end;
	}

	/**
	 * A piece of a template.
	 */
	sealed interface Part {

	}

	/**
	 * Literal text.
	 *
	 * @param text the text
	 */
	record Text(String text) implements Part {

	}

	/**
	 * A parameter, or a property of one.
	 *
	 * @param parameter the parameter's name
	 * @param property the property's name, {@code null} for the parameter itself
	 */
	record Reference(String parameter, @Nullable String property) implements Part {

		@Override
		public String toString() {
			return "#" + this.parameter + ((this.property != null) ? "." + this.property : "");
		}

	}

}
