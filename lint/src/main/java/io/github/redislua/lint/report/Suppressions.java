package io.github.redislua.lint.report;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.Rule;
import io.github.redislua.lint.syntax.Chunk;

/**
 * Comments {@code -- luascript:allow undeclared-key, return}: above the first statement
 * for the whole file, behind code for that line, on a line of its own for the next one.
 */
public final class Suppressions {

	private static final String DIRECTIVE = "luascript:allow";

	private final Set<Rule> everywhere = EnumSet.noneOf(Rule.class);

	private @Nullable Map<Integer, Set<Rule>> lines;

	/**
	 * The suppressions of one script.
	 * @param everywhere rules that are silent in all scripts
	 */
	public Suppressions(Set<Rule> everywhere) {
		this.everywhere.addAll(everywhere);
	}

	/**
	 * Reads the script's comments.
	 * @param chunk the syntax tree
	 * @param bytes the script
	 * @param text its lines
	 */
	public void read(Chunk chunk, byte[] bytes, SourceText text) {
		List<int[]> comments = chunk.directives();
		for (int[] comment : comments) {
			String content = new String(bytes, comment[0], comment[1] - comment[0], StandardCharsets.ISO_8859_1);
			if (content.startsWith(DIRECTIVE)) {
				Set<Rule> rules = rules(content.substring(DIRECTIVE.length()));
				if (comment[0] < chunk.firstToken()) {
					this.everywhere.addAll(rules);
				}
				else {
					int line = text.line(comment[0]);
					add(isAlone(bytes, text.start(line)) ? line + 1 : line, rules);
				}
			}
		}
	}

	private void add(int line, Set<Rule> rules) {
		if (this.lines == null) {
			this.lines = new HashMap<>();
		}
		Set<Rule> known = this.lines.get(line);
		if (known != null) {
			known.addAll(rules);
		}
		else {
			this.lines.put(line, rules);
		}
	}

	/**
	 * Whether no rule is silent anywhere.
	 * @return whether there is nothing to ask for
	 */
	public boolean isEmpty() {
		return this.lines == null && this.everywhere.isEmpty();
	}

	boolean covers(Rule rule, int line) {
		if (!rule.isSuppressible()) {
			return false;
		}
		if (this.everywhere.contains(rule)) {
			return true;
		}
		Set<Rule> here = (this.lines != null) ? this.lines.get(line) : null;
		return here != null && here.contains(rule);
	}

	private static boolean isAlone(byte[] bytes, int lineStart) {
		int i = lineStart;
		while (bytes[i] == ' ' || bytes[i] == '\t') {
			i++;
		}
		return bytes[i] == '-' && bytes[i + 1] == '-';
	}

	// Names, separated by commas or blanks, up to what is no name: an explanation may
	// follow.
	private static Set<Rule> rules(String text) {
		Set<Rule> rules = EnumSet.noneOf(Rule.class);
		int from = 0;
		for (int i = 0; i <= text.length(); i++) {
			char c = (i < text.length()) ? text.charAt(i) : ' ';
			if ((c >= 'a' && c <= 'z') || c == '-') {
				continue;
			}
			Rule rule = Rule.of(text.substring(from, i));
			if (rule != null) {
				rules.add(rule);
			}
			else if (i > from) {
				break;
			}
			from = i + 1;
		}
		return rules;
	}

}
