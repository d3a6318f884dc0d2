package io.github.redislua.test.internal.binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.redislua.test.LocalRedisUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DisabledOnOs(OS.WINDOWS)
class ServerBinariesTests {

	private static final RedisVersion V7_4 = new RedisVersion("7.4");

	private final List<EmbeddedBinary> embedded = EmbeddedBinary.onClassPath();

	@TempDir
	private Path directory;

	private Path old;

	private Path recent;

	@BeforeEach
	void programs() throws IOException {
		this.old = program("old", "Redis server v=6.2.14 sha=00000000:0 malloc=jemalloc-5.1.0 bits=64");
		this.recent = program("recent", "Valkey server v=8.1.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64");
	}

	@Test
	void whatIsConfiguredComesFirst() {
		ServerBinary binary = ServerBinaries.find(null, this.old.toString(), List.of(this.recent.getParent()),
				this.embedded);
		assertThat(binary.path()).isEqualTo(this.old);
		assertThat(binary.version()).hasToString("6.2.14");
		assertThat(binary.origin()).isEqualTo("REDIS_SERVER");
	}

	@Test
	void thenThePath() {
		ServerBinary binary = ServerBinaries.find(null, null,
				List.of(this.directory, this.old.getParent(), this.recent.getParent()), this.embedded);
		assertThat(binary.path()).isEqualTo(this.old);
	}

	@Test
	void thenTheClassPathInItsOrder() {
		ServerBinary binary = ServerBinaries.find(null, null, List.of(this.directory), this.embedded);
		assertThat(binary.version()).isEqualTo(this.embedded.get(0).version());
		assertThat(binary.path()).isExecutable();
	}

	@Test
	void whoWantsTheClassPathIsNotGivenThePath() {
		ServerBinary binary = ServerBinaries.find(null, "embedded", List.of(this.recent.getParent()), this.embedded);
		assertThat(binary.origin()).isEqualTo("class path");
		assertThatExceptionOfType(LocalRedisUnavailableException.class)
			.isThrownBy(() -> ServerBinaries.find(null, "embedded", List.of(this.recent.getParent()), List.of()))
			.withMessageContaining("REDIS_SERVER=embedded: the PATH is not searched");
	}

	@Test
	void whatIsTooOldIsSkipped() {
		assertThat(ServerBinaries
			.find(V7_4, this.old.toString(), List.of(this.old.getParent(), this.recent.getParent()), this.embedded)
			.path()).isEqualTo(this.recent);
		assertThat(ServerBinaries.find(V7_4, this.old.toString(), List.of(this.old.getParent()), this.embedded)
			.version()
			.isAtLeast(V7_4)).isTrue();
	}

	@Test
	void allThatWasLookedAtIsInTheMessage() {
		assertThatExceptionOfType(LocalRedisUnavailableException.class)
			.isThrownBy(() -> ServerBinaries.find(V7_4, this.old.toString(), List.of(this.old.getParent()), List.of()))
			.withMessageContainingAll("at least version 7.4", "REDIS_SERVER=%s: 6.2.14, too old".formatted(this.old),
					"PATH: %s: 6.2.14, too old".formatted(this.old), "class path: no redis-server-<version>-");
	}

	@Test
	void aConfiguredProgramThatIsNotThereIsAnError() {
		assertThatExceptionOfType(LocalRedisUnavailableException.class)
			.isThrownBy(() -> ServerBinaries.find(null, "/no/such/redis", List.of(), this.embedded))
			.withMessage("REDIS_SERVER=/no/such/redis: /no/such/redis is not there");
	}

	@Test
	void aProgramThatIsNoServerIsSkippedOnThePath() throws IOException {
		Path other = program("other", "hello");
		assertThat(ServerBinaries.find(null, null, List.of(other.getParent(), this.old.getParent()), List.of()).path())
			.isEqualTo(this.old);
		assertThatExceptionOfType(LocalRedisUnavailableException.class)
			.isThrownBy(() -> ServerBinaries.find(null, null, List.of(other.getParent()), List.of()))
			.withMessageContaining("--version answers 'hello'");
	}

	@Test
	void versionsAreComparedByNumber() {
		assertThat(new RedisVersion("7.10").isAtLeast(new RedisVersion("7.4"))).isTrue();
		assertThat(new RedisVersion("7.4.0").isAtLeast(V7_4)).isTrue();
		assertThat(new RedisVersion("7.0.15").isAtLeast(V7_4)).isFalse();
		assertThat(new RedisVersion("8").isAtLeast(V7_4)).isTrue();
	}

	@Test
	void anEmbeddedProgramIsExtractedOnceForItsOwnerOnly() throws IOException {
		EmbeddedBinary binary = this.embedded.get(0);
		Path file = BinaryCache.get(binary, this.directory);
		Object key = Files.readAttributes(file, "unix:ino").get("ino");
		assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
		assertThat(Files.getPosixFilePermissions(file.getParent()))
			.isEqualTo(PosixFilePermissions.fromString("rwx------"));
		assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
		assertThat(BinaryCache.get(binary, this.directory)).isEqualTo(file);
		assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(key);
	}

	@Test
	void aDamagedProgramIsExtractedAgain() throws IOException {
		EmbeddedBinary binary = this.embedded.get(0);
		Path file = BinaryCache.get(binary, this.directory);
		byte[] intact = Files.readAllBytes(file);
		byte[] damaged = intact.clone();
		damaged[1000]++;
		Files.write(file, damaged);
		assertThat(BinaryCache.get(binary, this.directory)).hasBinaryContent(intact);
		Files.write(file, new byte[10]);
		assertThat(BinaryCache.get(binary, this.directory)).hasBinaryContent(intact);
	}

	@Test
	void aDirectoryOthersCanWriteToIsNotTrusted() throws IOException {
		EmbeddedBinary binary = this.embedded.get(0);
		Path shared = BinaryCache.get(binary, this.directory).getParent();
		Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
		assertThat(BinaryCache.get(binary, this.directory).getParent()).isNotEqualTo(shared);
	}

	private Path program(String name, String version) throws IOException {
		Path file = Files.createDirectory(this.directory.resolve(name)).resolve("redis-server");
		Files.writeString(file, "#!/bin/sh\necho '%s'\n".formatted(version));
		assertThat(file.toFile().setExecutable(true)).isTrue();
		return file;
	}

}
