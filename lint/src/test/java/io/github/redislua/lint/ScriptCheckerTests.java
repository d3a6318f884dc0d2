package io.github.redislua.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What other modules call.
 */
class ScriptCheckerTests {

	@TempDir
	Path folder;

	@Test
	void aFolderIsCheckedInOneLine() throws IOException {
		Files.writeString(this.folder.resolve("a.lua"), "return redis.call('GET', KEYS[1])");
		assertThatNoException().isThrownBy(() -> ScriptChecker.create().checkFolders(this.folder).assertNoErrors());
		Files.writeString(this.folder.resolve("b.lua"), "return foo");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ScriptChecker.create().checkFolders(this.folder).assertNoErrors())
			.withMessageContaining("b.lua:1:8: error: reads the global 'foo'");
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> ScriptChecker.create().checkFolders(this.folder.resolve("missing")));
	}

	@Test
	void manyScriptsAreCheckedAsOneIs() {
		ScriptChecker checker = ScriptChecker.create();
		List<ScriptSource> sources = new ArrayList<>();
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			ScriptSource source = ScriptSource.of(i + ".lua", "-- " + "x".repeat(i) + "\nreturn foo" + i);
			sources.add(source);
			expected.add(checker.check(source).findings().toString());
		}
		assertThat(checker.checkAll(sources)).extracting((check) -> check.findings().toString()).isEqualTo(expected);
		assertThat(checker.checkAll(List.of())).isEmpty();
	}

	@Test
	void aServersAnswerChangesWhatWasFound() {
		ScriptChecker checker = ScriptChecker.create();
		ScriptCheck check = checker.check(ScriptSource.of("a.lua", """
				redis.call('MYMODULE', KEYS[1])
				redis.call('GET', KEYS[1])
				-- luascript:allow global-read
				return foo
				"""));
		assertThat(Check.brief(check.findings())).containsExactly("1:unknown-command");
		List<String> names = List.copyOf(check.facts().commands());
		assertThat(names).containsExactly("GET", "MYMODULE");
		List<Object> module = Arrays.asList(bytes("mymodule"), 2L, List.of(bytes("readonly")), 1L, 1L, 1L);
		List<Object> get = Arrays.asList("get", 2L, List.of("readonly", "fast"), 1L, 1L, 1L);
		ScriptCheck online = check.with(checker.withServer(names, List.of(get, module)));
		assertThat(online.findings()).isEmpty();
		assertThat(online.facts().isProvenReadOnly()).isTrue();
		List<Object> absent = new ArrayList<>(List.of(get));
		absent.add(null);
		assertThat(Check.brief(check.with(checker.withServer(names, absent)).findings()))
			.containsExactly("1:unknown-command!");
		assertThat(check.with(checker.withServer(names, null)).findings()).isEqualTo(check.findings());
		assertThat(check.with(checker.withServer(names, List.of(get))).findings()).isEqualTo(check.findings());
	}

	@Test
	void aFlagThatBecomesKnownIsReadAgain() {
		ScriptCheck check = ScriptChecker.create().check(ScriptSource.of("a.lua", "#!lua flags=fast\nreturn 1"));
		assertThat(Check.brief(check.findings())).containsExactly("1:shebang!");
		ScriptChecker other = ScriptChecker.builder().extraFlags(List.of("fast")).build();
		assertThat(check.with(other).findings()).isEmpty();
		assertThat(check.with(other).facts().flags()).containsExactly("fast");
	}

	@Test
	void findingsOfOtherToolsSortIntoTheReport() {
		Finding later = Finding.of(Rule.COUNT, "b.lua", 3, 1, "the key templates supply 1 key", null, "return KEYS[2]");
		Finding earlier = Finding.of(Rule.COUNT, "a.lua", 1, 8, "m", "do it", "return KEYS[2]");
		Report report = Report.of(List.of(later, earlier, later));
		assertThat(report.findings()).containsExactly(earlier, later);
		assertThat(earlier.toString()).isEqualTo("""
				a.lua:1:8: error: m [count]
				   1 | return KEYS[2]
				     |        ^
				     = do it""");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
