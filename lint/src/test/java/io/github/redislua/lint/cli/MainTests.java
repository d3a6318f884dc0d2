package io.github.redislua.lint.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MainTests {

	@TempDir
	Path folder;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void aFolderWithoutErrorsIsZero() throws IOException {
		Files.createDirectories(this.folder.resolve("a/b"));
		Files.writeString(this.folder.resolve("a/b/x.lua"), "return redis.call('GET', KEYS[1])");
		Files.writeString(this.folder.resolve("a/readme.txt"), "not a script");
		assertThat(run(this.folder.toString())).isZero();
		assertThat(output()).isEqualTo("1 script, 0 errors, 0 warnings\n");
	}

	@Test
	void errorsAreOne() throws IOException {
		Files.writeString(this.folder.resolve("b.lua"), "x = 1");
		Files.writeString(this.folder.resolve("a.lua"), "return redis.call('GET', 'literal')");
		assertThat(run(this.folder.toString())).isEqualTo(1);
		String b = this.folder.resolve("b.lua").toString();
		assertThat(output()).contains(b + ":1:1: error: assigns the global 'x'").contains("[global-write]");
		assertThat(output().indexOf("a.lua")).isLessThan(output().indexOf("b.lua"));
		assertThat(output()).contains("a.lua:1:26: warning:").endsWith("2 scripts, 1 error, 1 warning\n");
		this.out.reset();
		assertThat(run("--cluster", this.folder.toString())).isEqualTo(1);
		assertThat(output()).contains("a.lua:1:26: error:");
	}

	@Test
	void machinesReadJsonAndSarif() throws IOException {
		Files.writeString(this.folder.resolve("a \"b\".lua"), "return foo");
		assertThat(run("--json", this.folder.toString())).isEqualTo(1);
		assertThat(output()).contains("\"id\":\"global-read\"")
			.contains("\"line\":1,\"column\":8")
			.contains("\"errors\":1");
		this.out.reset();
		assertThat(run("--sarif", this.folder.toString())).isEqualTo(1);
		assertThat(output()).contains("\"version\":\"2.1.0\"")
			.contains("a%20%22b%22.lua")
			.contains("\"startColumn\":8");
	}

	@Test
	void rulesGlobalsCommandsAndFlagsAreOptions() throws IOException {
		Files.writeString(this.folder.resolve("a.lua"), """
				#!lua flags=fast
				redis.call('FT.SEARCH', 'index', house.query)
				return redis.call('GET', 'literal')
				""");
		assertThat(run("--cluster", this.folder.toString())).isEqualTo(1);
		assertThat(output()).contains("Unexpected flag in script shebang: fast");
		this.out.reset();
		assertThat(run("--cluster", "--flag=fast", "--global=house,other", "--command=ft.search",
				"--allow=undeclared-key,no-keys", this.folder.toString()))
			.isZero();
		assertThat(output()).isEqualTo("1 script, 0 errors, 0 warnings\n");
	}

	@Test
	void helpIsPrintedWithoutAFolder() {
		assertThat(run("--help")).isZero();
		assertThat(output()).startsWith("usage: java -jar redis-lua-lint.jar");
	}

	@Test
	void aFileIsCheckedWhateverItsName() throws IOException {
		Path file = Files.writeString(this.folder.resolve("script.txt"), "return foo");
		assertThat(run(file.toString())).isEqualTo(1);
	}

	@Test
	void wrongUsageIsTwo() {
		assertThat(run()).isEqualTo(2);
		assertThat(run("--nonsense", this.folder.toString())).isEqualTo(2);
		assertThat(run("--allow", this.folder.toString())).isEqualTo(2);
		assertThat(run("--allow=nonsense", this.folder.toString())).isEqualTo(2);
		assertThat(run("--json", "--sarif", this.folder.toString())).isEqualTo(2);
		assertThat(run(this.folder.resolve("missing").toString())).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("no such folder")
			.contains("No rule has the id 'nonsense'")
			.contains("usage:");
	}

	private int run(String... args) {
		PrintStream stream = new PrintStream(this.out, true, StandardCharsets.UTF_8);
		return Main.run(args, stream, new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	private String output() {
		return this.out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
	}

	@Test
	void aLinkToAFolderIsWalked() throws IOException {
		Path real = Files.createDirectories(this.folder.resolve("real"));
		Files.writeString(real.resolve("r.lua"), "return foo");
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), real);
		assertThat(run(link.toString())).isEqualTo(1);
		assertThat(output()).contains(link.resolve("r.lua") + ":1:8: error")
			.endsWith("1 script, 1 error, 0 warnings\n");
	}

	@Test
	void linksBelowAFolderAreFollowedButNotInCircles() throws IOException {
		Path target = Files.writeString(this.folder.resolve("target.txt"), "return foo");
		Path scripts = Files.createDirectories(this.folder.resolve("scripts/inner"));
		Files.createSymbolicLink(scripts.resolve("x.lua"), target);
		Files.createSymbolicLink(scripts.resolve("loop"), scripts.getParent());
		Files.createSymbolicLink(scripts.resolve("broken.lua"), this.folder.resolve("missing"));
		assertThat(run(scripts.getParent().toString())).isEqualTo(1);
		assertThat(output()).contains("x.lua:1:8: error").endsWith("1 script, 1 error, 0 warnings\n");
	}

	@Test
	void aVolumeOfKubernetesIsReadThroughItsLinks() throws IOException {
		Path version = Files.createDirectories(this.folder.resolve("..2024_01_01"));
		Files.writeString(version.resolve("x.lua"), "return foo");
		Files.createSymbolicLink(this.folder.resolve("..data"), Path.of("..2024_01_01"));
		Files.createSymbolicLink(this.folder.resolve("x.lua"), Path.of("..data/x.lua"));
		assertThat(run(this.folder.toString())).isEqualTo(1);
		assertThat(output()).contains(this.folder.resolve("x.lua") + ":1:8: error")
			.endsWith("1 script, 1 error, 0 warnings\n");
	}

	@Test
	void aFileGivenTwiceIsCheckedOnce() throws IOException {
		Path real = Files.createDirectories(this.folder.resolve("real"));
		Path file = Files.writeString(real.resolve("r.lua"), "return foo");
		assertThat(run(real.toString(), this.folder.resolve("./real").toString(), file.toString())).isEqualTo(1);
		assertThat(output()).endsWith("1 script, 1 error, 0 warnings\n");
	}

	@Test
	void twoDashesEndTheOptions() throws IOException {
		Path file = Files.writeString(this.folder.resolve("x.lua"), "return 1");
		assertThat(run("--json", "--", file.toString())).isZero();
		assertThat(run("--", "--json")).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("no such folder: --json");
	}

	@Test
	void anEmptyArgumentIsNoFolder() {
		assertThat(run("")).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("no such folder: ''");
	}

}
