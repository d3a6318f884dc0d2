package io.github.redislua.samples.cookbook;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.github.redislua.lint.Report;
import io.github.redislua.lint.ScriptChecker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All scripts, without a server, as they would run on a cluster.
 */
class ScriptsTests {

	@Test
	void theCheckerHasNothingToSay() {
		Report report = ScriptChecker.builder().cluster(true).build().checkFolders(Path.of("src/main/resources/lua"));
		assertThat(report.findings()).as(report.toString()).isEmpty();
	}

}
