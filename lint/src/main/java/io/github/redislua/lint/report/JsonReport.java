package io.github.redislua.lint.report;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.Finding;
import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;

/**
 * A report for machines.
 */
public final class JsonReport {

	private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

	private JsonReport() {
	}

	/**
	 * The findings as an object with {@code findings} and their numbers.
	 * @param findings the findings
	 * @return JSON text
	 */
	public static String json(List<Finding> findings) {
		StringBuilder out = new StringBuilder("{\"findings\":[");
		String separator = "";
		for (Finding finding : findings) {
			out.append(separator).append("\n{");
			field(out, "file", finding.file()).append(',');
			number(out, "line", finding.line()).append(',');
			number(out, "column", finding.column()).append(',');
			number(out, "endColumn", finding.endColumn()).append(',');
			field(out, "severity", finding.severity().label()).append(',');
			field(out, "id", finding.id()).append(',');
			field(out, "message", finding.message()).append(',');
			field(out, "hint", finding.hint()).append('}');
			separator = ",";
		}
		out.append("],\n");
		number(out, "errors", count(findings, Severity.ERROR)).append(',');
		number(out, "warnings", count(findings, Severity.WARN)).append(',');
		return number(out, "infos", count(findings, Severity.INFO)).append("}").toString();
	}

	/**
	 * The findings in the Static Analysis Results Interchange Format 2.1.0.
	 * @param findings the findings
	 * @return JSON text
	 */
	public static String sarif(List<Finding> findings) {
		StringBuilder out = new StringBuilder("{");
		field(out, "$schema", SCHEMA).append(',');
		field(out, "version", "2.1.0").append(",\"runs\":[{\"tool\":{\"driver\":{");
		field(out, "name", "redis-lua-lint").append(",\"rules\":[");
		String separator = "";
		for (Rule rule : Rule.values()) {
			out.append(separator).append("\n{");
			field(out, "id", rule.id()).append(",\"shortDescription\":{");
			field(out, "text", rule.summary()).append("},\"defaultConfiguration\":{");
			field(out, "level", level(rule.severity())).append("}}");
			separator = ",";
		}
		// Columns are counted in characters, as SARIF's own default is UTF-16.
		out.append("]}},");
		field(out, "columnKind", "unicodeCodePoints").append(",\"results\":[");
		separator = "";
		for (Finding finding : findings) {
			out.append(separator).append("\n{");
			result(out, finding);
			out.append('}');
			separator = ",";
		}
		return out.append("]}]}").toString();
	}

	private static void result(StringBuilder out, Finding finding) {
		String text = (finding.hint() != null) ? finding.message() + ". Hint: " + finding.hint() : finding.message();
		field(out, "ruleId", finding.id()).append(',');
		number(out, "ruleIndex", finding.rule().ordinal()).append(',');
		field(out, "level", level(finding.severity())).append(",\"message\":{");
		field(out, "text", text).append("},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{");
		field(out, "uri", uri(finding.file())).append("},\"region\":{");
		number(out, "startLine", finding.line()).append(',');
		number(out, "startColumn", finding.column()).append(',');
		number(out, "endColumn", Math.max(finding.endColumn(), finding.column())).append("}}}]");
	}

	private static int count(List<Finding> findings, Severity severity) {
		int count = 0;
		for (Finding finding : findings) {
			count += (finding.severity() == severity) ? 1 : 0;
		}
		return count;
	}

	private static String level(Severity severity) {
		return switch (severity) {
			case ERROR -> "error";
			case WARN -> "warning";
			case INFO -> "note";
		};
	}

	private static String uri(String file) {
		StringBuilder out = new StringBuilder();
		for (byte b : file.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xff);
			if (c == '\\') {
				out.append('/');
			}
			else if (c <= ' ' || c >= 0x7f || "\"#%<>?[]^`{|}".indexOf(c) >= 0) {
				out.append('%').append(hex(c >> 4)).append(hex(c & 15));
			}
			else {
				out.append(c);
			}
		}
		return out.toString();
	}

	private static StringBuilder number(StringBuilder out, String name, int value) {
		return quote(out, name).append(':').append(value);
	}

	private static StringBuilder field(StringBuilder out, String name, @Nullable String value) {
		quote(out, name).append(':');
		return (value != null) ? quote(out, value) : out.append("null");
	}

	private static StringBuilder quote(StringBuilder out, String value) {
		out.append('"');
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '"' || c == '\\') {
				out.append('\\').append(c);
			}
			else if (c < ' ' || c == 0x7f || Character.isSurrogate(c) && !isPaired(value, i)) {
				out.append("\\u").append(hex(c >> 12)).append(hex(c >> 8 & 15)).append(hex(c >> 4 & 15));
				out.append(hex(c & 15));
			}
			else {
				out.append(c);
			}
		}
		return out.append('"');
	}

	private static boolean isPaired(String value, int i) {
		char c = value.charAt(i);
		return (Character.isHighSurrogate(c)) ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
				: i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
	}

	private static char hex(int digit) {
		return "0123456789abcdef".charAt(digit);
	}

}
