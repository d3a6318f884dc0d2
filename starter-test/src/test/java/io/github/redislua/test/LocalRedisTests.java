package io.github.redislua.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.redislua.test.internal.binary.RedisVersion;
import io.github.redislua.test.internal.binary.ServerBinaries;
import io.github.redislua.test.internal.server.Info;
import io.github.redislua.test.internal.server.Ports;
import io.github.redislua.test.internal.server.RespClient;
import io.github.redislua.test.internal.server.Server;
import io.github.redislua.test.internal.server.ServerOptions;
import io.github.redislua.test.internal.server.Servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ExtendWith(NoProcessLeft.class)
class LocalRedisTests {

	@Test
	void startsOnALoopbackPortOfItsOwn() {
		try (LocalRedis first = LocalRedis.start(); LocalRedis second = LocalRedis.start()) {
			assertThat(first.getPort()).isNotEqualTo(second.getPort());
			assertThat(first.getHost()).isEqualTo("127.0.0.1");
			assertThat(first.getUri()).isEqualTo("redis://127.0.0.1:" + first.getPort());
			assertThat(first.execute("SET", "key", "value")).isEqualTo("OK");
			assertThat(first.execute("GET", "key")).isEqualTo("value");
			assertThat(second.execute("GET", "key")).isNull();
			assertThat(info(first, "process_id")).isEqualTo(Long.toString(first.getPid()));
			assertThat(info(first, "redis_version") + info(first, "valkey_version")).endsWith(first.getVersion());
			assertThat(first).hasToString("Redis %s on 127.0.0.1:%s (%s)".formatted(first.getVersion(), first.getPort(),
					ServerBinaries.find(null).origin()));
		}
	}

	@Test
	void closeEndsTheProcessAndDeletesItsDirectory() {
		LocalRedis redis = LocalRedis.start();
		Path directory = Path.of(info(redis, "config_file")).getParent();
		ProcessHandle process = ProcessHandle.of(redis.getPid()).orElseThrow();
		assertThat(directory).isDirectory();
		redis.close();
		redis.close();
		assertThat(process.isAlive()).isFalse();
		assertThat(redis.isRunning()).isFalse();
		assertThat(directory).doesNotExist();
		assertThatIllegalStateException().isThrownBy(redis::restart).withMessageContaining("is closed");
	}

	@Test
	void killAndRestartKeepPortAndOptionsButNotData() {
		try (LocalRedis redis = LocalRedis.start("--maxmemory", "12mb")) {
			int port = redis.getPort();
			long pid = redis.getPid();
			redis.execute("SET", "key", "value");
			redis.kill();
			assertThat(redis.isRunning()).isFalse();
			assertThatExceptionOfType(LocalRedisException.class).isThrownBy(() -> redis.execute("PING"))
				.withMessageContaining("did not answer");
			redis.restart();
			assertThat(redis.isRunning()).isTrue();
			assertThat(redis.getPort()).isEqualTo(port);
			assertThat(redis.getPid()).isNotEqualTo(pid);
			assertThat(redis.execute("EXISTS", "key")).isEqualTo(0L);
			assertThat(redis.execute("CONFIG", "GET", "maxmemory")).asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactly("maxmemory", "12582912");
		}
	}

	@Test
	void restartEndsARunningServerFirst() {
		try (LocalRedis redis = LocalRedis.start()) {
			redis.execute("SCRIPT", "LOAD", "return 1");
			redis.restart();
			assertThat(info(redis, "number_of_cached_scripts", "memory")).isEqualTo("0");
		}
	}

	@Test
	void aPausedServerRunsButDoesNotAnswer() {
		try (LocalRedis redis = LocalRedis.start()) {
			redis.pause();
			assertThat(redis.isRunning()).isTrue();
			assertThatExceptionOfType(LocalRedisException.class)
				.isThrownBy(() -> redis.server().execute(Duration.ofMillis(200), "PING"));
			redis.resume();
			assertThat(redis.execute("PING")).isEqualTo("PONG");
		}
	}

	// %d has the digits of the locale; neither URIs nor signals nor files may have them.
	@Test
	void digitsOfTheLocaleDoNotMatter() {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try (LocalRedis redis = LocalRedis.start("--maxmemory", "12mb")) {
			assertThat("%d".formatted(1)).isNotEqualTo("1");
			assertThat(redis.getUri()).isEqualTo("redis://127.0.0.1:" + redis.getPort());
			redis.pause();
			redis.resume();
			redis.restart();
			assertThat(redis.execute("ECHO", "hello")).isEqualTo("hello");
			assertThat(redis).asString().contains(Integer.toString(redis.getPort()));
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void aPausedServerCanBeClosed() {
		LocalRedis redis = LocalRedis.start();
		redis.pause();
		redis.close();
		assertThat(redis.isRunning()).isFalse();
	}

	@Test
	void optionsMayBeQuotedAndHaveSeveralValues() {
		String password = "a \"secret\" with \\ and #";
		try (LocalRedis redis = LocalRedis.builder()
			.option("requirepass", password)
			.option("client-output-buffer-limit", "pubsub", "1mb", "1mb", "7")
			.options("--hz", "20", "--SAVE", "")
			.start()) {
			assertThat(redis.execute("PING")).isEqualTo("PONG");
			assertThat(redis.getUri())
				.isEqualTo("redis://:a%%20%%22secret%%22%%20with%%20%%5C%%20and%%20%%23@127.0.0.1:%s"
					.formatted(redis.getPort()));
			assertThat(redis.execute("CONFIG", "GET", "hz")).asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactly("hz", "20");
			assertThat(redis.execute("CONFIG", "GET", "client-output-buffer-limit")).asString()
				.contains("pubsub 1048576 1048576 7");
			assertThatExceptionOfType(LocalRedisException.class).isThrownBy(() -> {
				try (RespClient stranger = new RespClient("127.0.0.1", redis.getPort(), Duration.ofSeconds(1))) {
					stranger.call("PING");
				}
			}).withMessageStartingWith("NOAUTH");
		}
	}

	@Test
	void optionsWithoutDashesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LocalRedis.start("maxmemory", "1mb"))
			.withMessageContaining("'maxmemory'");
	}

	@Test
	void anUnknownOptionIsExplainedByTheServersLog() {
		assertThatExceptionOfType(LocalRedisException.class).isThrownBy(() -> LocalRedis.start("--no-such-option", "1"))
			.withMessageContaining("ended with exit code 1")
			.withMessageContaining("no-such-option");
	}

	@Test
	void aFixedPortIsUsedAndFreeAgainAfterwards() {
		int port = Ports.reserve(false);
		Ports.release(port);
		for (int i = 0; i < 2; i++) {
			try (LocalRedis redis = LocalRedis.start("--port", Integer.toString(port))) {
				assertThat(redis.getPort()).isEqualTo(port);
				assertThat(redis.execute("PING")).isEqualTo("PONG");
			}
		}
	}

	@Test
	void aTakenPortIsAnError() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			assertThatExceptionOfType(LocalRedisException.class)
				.isThrownBy(() -> LocalRedis.builder().port(other.getLocalPort()).start())
				.withMessageContaining("Failed listening on port " + other.getLocalPort());
		}
	}

	@Test
	void anotherRedisOnThePortIsNotTakenForItsOwn() {
		try (LocalRedis other = LocalRedis.start()) {
			assertThatExceptionOfType(LocalRedisException.class)
				.isThrownBy(() -> LocalRedis.builder().port(other.getPort()).start());
			assertThat(other.execute("PING")).isEqualTo("PONG");
		}
	}

	@Test
	void repliesAreNeutralJavaTypes() {
		try (LocalRedis redis = LocalRedis.start()) {
			assertThat(redis.execute("EVAL", "return {1, 'zwei', {3}, redis.status_reply('fine'), false}", "0"))
				.isEqualTo(Arrays.asList(1L, "zwei", List.of(3L), "fine", null));
			assertThat(redis.execute("EVAL", "return ''", "0")).isEqualTo("");
			assertThat(redis.execute("BLPOP", "none", "0.01")).isNull();
			assertThat(redis.execute("EVAL", "return {{err='BAD thing'}}", "0"))
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.singleElement()
				.isInstanceOfSatisfying(LocalRedisException.class, (ex) -> assertThat(ex).hasMessage("BAD thing"));
			assertThatExceptionOfType(LocalRedisException.class)
				.isThrownBy(() -> redis.execute("EVALSHA", "0".repeat(40), "0"))
				.withMessage("NOSCRIPT No matching script. Please use EVAL.");
		}
	}

	@Test
	void binaryCommandsAreBinarySafe() {
		byte[] value = { 0, (byte) 0xff, '\r', '\n', (byte) 0xc3 };
		try (LocalRedis redis = LocalRedis.start()) {
			assertThat(redis.execute(bytes("SET"), bytes("key"), value)).isEqualTo("OK");
			assertThat(redis.execute(bytes("GET"), bytes("key"))).isEqualTo(value);
			assertThat(redis.execute("SET", "schlüssel", "größer")).isEqualTo("OK");
			assertThat(redis.execute("GET", "schlüssel")).isEqualTo("größer");
			String large = "x".repeat(3_000_000);
			redis.execute("SET", "large", large);
			assertThat(redis.execute("GET", "large")).isEqualTo(large);
		}
	}

	@Test
	void takesTheFirstServerThatIsNewEnough() {
		try (LocalRedis redis = LocalRedis.builder().minimumVersion("7.4").start()) {
			assertThat(new RedisVersion(redis.getVersion()).isAtLeast(new RedisVersion("7.4"))).isTrue();
			assertThat(info(redis, "redis_version") + info(redis, "valkey_version")).endsWith(redis.getVersion());
		}
	}

	@Test
	void aServerNobodyHasIsUnavailable() {
		assertThatExceptionOfType(LocalRedisUnavailableException.class)
			.isThrownBy(() -> LocalRedis.builder().minimumVersion("99.1").start())
			.withMessageContainingAll("at least version 99.1", "REDIS_SERVER", "PATH",
					"class path: redis-server-7.0.15-");
	}

	@Test
	void aBinaryMayBeGiven() {
		Path binary = ServerBinaries.find(null).path();
		try (LocalRedis redis = LocalRedis.builder().binary(binary).start()) {
			assertThat(redis).asString().contains(binary.toString());
		}
		assertThatExceptionOfType(LocalRedisUnavailableException.class)
			.isThrownBy(() -> LocalRedis.builder().binary(binary).minimumVersion("99").start())
			.withMessageContaining("not at least 99");
	}

	@Test
	void aScriptThatCallsTheServerIsEndedWithIt(@TempDir Path directory) throws IOException {
		Path script = Files.writeString(directory.resolve("redis.sh"),
				"#!/bin/sh\n\"%s\" \"$@\"\nexit $?\n".formatted(ServerBinaries.find(null).path()));
		script.toFile().setExecutable(true);
		LocalRedis redis = LocalRedis.builder().binary(script).start();
		assertThat(info(redis, "process_id")).isNotEqualTo(Long.toString(redis.getPid()));
		redis.close();
		assertThatExceptionOfType(LocalRedisException.class).isThrownBy(() -> redis.execute("PING"));
	}

	@Test
	void manyStartAtTheSameTime() {
		List<Server> servers = new ArrayList<>();
		try {
			servers.addAll(Servers.start(Collections.nCopies(20, new ServerOptions())));
			assertThat(servers).extracting(Server::port).doesNotHaveDuplicates();
			assertThat(servers).allSatisfy((server) -> assertThat(server.execute("PING")).isEqualTo("PONG"));
		}
		finally {
			Servers.close(servers);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String info(LocalRedis redis, String name) {
		return info(redis, name, "server");
	}

	private static String info(LocalRedis redis, String name, String section) {
		return Info.get(redis.server(), name, "INFO", section);
	}

}
