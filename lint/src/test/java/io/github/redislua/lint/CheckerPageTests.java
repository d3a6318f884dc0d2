package io.github.redislua.lint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * docs/checker.md shows what the checker says.
 */
class CheckerPageTests {

	private static final MethodContract METHOD = MethodContract.of("Example.call(String,long)", 1, 1)
		.returning(ReturnType.of(ReturnType.Kind.INTEGER, false))
		.withLongs(Set.of(1));

	@Test
	void theReportIsTheOneShown() throws IOException {
		MethodContract method = MethodContract.of("RateLimits.tryAcquire(String,int,int)", 1, 2);
		ScriptSource source = ScriptSource.of("lua/rate.lua", resource("mistakes.lua"));
		Report report = Report.of(ScriptChecker.create().check(source, method));
		assertThat(report.toString() + "\n").isEqualTo(resource("report.txt"));
	}

	@Test
	void everyRuleHasAnExampleThatItFinds() throws IOException {
		List<String> ids = new ArrayList<>();
		for (String line : Files.readAllLines(Path.of("../docs/checker.md"))) {
			String[] cells = line.split("\\|");
			if (cells.length < 5 || !cells[1].startsWith(" `") || cells[1].contains("-`") || cells[1].contains("--")) {
				continue;
			}
			String id = unquoted(cells[1]);
			ids.add(id);
			ScriptSource example = ScriptSource.of("example.lua", unquoted(cells[3]));
			MethodContract method = METHOD.readOnly(id.equals("read-only"));
			assertThat(ScriptChecker.create().check(example, method)).as(line)
				.anyMatch((found) -> found.id().equals(id) && found.severity().label().equals(cells[2].strip()));
		}
		List<String> rules = new ArrayList<>();
		for (Rule rule : Rule.values()) {
			rules.add(rule.id());
		}
		assertThat(ids).isEqualTo(rules);
	}

	private static String unquoted(String cell) {
		return cell.strip().substring(1, cell.strip().length() - 1);
	}

	private static String resource(String name) throws IOException {
		try (InputStream in = CheckerPageTests.class.getResourceAsStream("/checker/" + name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
