package io.github.redislua.tests.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.internal.config.LuaPreloadException;
import io.github.redislua.internal.config.ServerTrouble;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.autoconfigure.app.Application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is said at start-up of servers that cannot be loaded: the cause, and what to do
 * about that.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerTroubleTests {

	private static final String START_REDIS = "Start Redis";

	private LocalRedis redis;

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start();
	}

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void theWrongPassword(String driver, CapturedOutput output) {
		this.redis.execute("ACL", "SETUSER", "app", "on", ">secret", "~*", "+@all");
		expect(output, "WRONGPASS", "Correct spring.data.redis.username and spring.data.redis.password.",
				"spring.data.redis.client-type=" + driver, "spring.data.redis.username=app",
				"spring.data.redis.password=wrong");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void noSuchHost(String driver, CapturedOutput output) {
		expect(output, "no-such-host.invalid", "Correct spring.data.redis.host: there is no host of that name.",
				"spring.data.redis.client-type=" + driver, "spring.data.redis.host=no-such-host.invalid");
	}

	// The server says it before it is asked, and closes the connection: Jedis may see
	// only
	// that.
	@ParameterizedTest
	@CsvSource({ "lettuce, max number of clients reached", "jedis, ''" })
	void tooManyClients(String driver, String cause, CapturedOutput output) throws IOException {
		this.redis.execute("CONFIG", "SET", "maxclients", "1");
		try (Socket other = new Socket(this.redis.getHost(), this.redis.getPort())) {
			ping(other);
			expect(output, cause, "maxclients", "spring.data.redis.client-type=" + driver);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aWebServerOnThePort(String driver, CapturedOutput output) throws IOException {
		HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		web.start();
		try {
			expect(output, "", "is no Redis server.", "spring.data.redis.client-type=" + driver,
					"spring.data.redis.port=" + web.getAddress().getPort());
		}
		finally {
			web.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aUserWhoMayNotLoadScripts(String driver, CapturedOutput output) {
		this.redis.execute("ACL", "SETUSER", "app", "on", ">secret", "~*", "+@all", "-script");
		expect(output, "NOPERM", "an ACL needs +evalsha +script|load +script|exists.",
				"spring.data.redis.client-type=" + driver, "spring.data.redis.username=app",
				"spring.data.redis.password=secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aServerThatIsBusyWithAScript(String driver, CapturedOutput output) throws IOException {
		this.redis.execute("CONFIG", "SET", "lua-time-limit", "1");
		try (Socket other = new Socket(this.redis.getHost(), this.redis.getPort())) {
			send(other, "EVAL \"while true do end\" 0");
			await().atMost(Duration.ofSeconds(10)).until(this::isBusy);
			expect(output, "BUSY", "or stop it with SCRIPT KILL.", "spring.data.redis.client-type=" + driver);
			try (Socket killer = new Socket(this.redis.getHost(), this.redis.getPort())) {
				send(killer, "SCRIPT KILL");
				assertThat(killer.getInputStream().readNBytes(3)).asString().isEqualTo("+OK");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "OOM command not allowed when used memory > 'maxmemory'., maxmemory",
			"MISCONF Redis is configured to save RDB snapshots, its log says why",
			"LOADING Redis is loading the dataset in memory, Wait until the server has read its data",
			"READONLY You can't write against a read only replica., this server is a replica",
			"MASTERDOWN Link with MASTER is down, Start the master",
			"CLUSTERDOWN The cluster is down, Repair the cluster",
			"NOAUTH Authentication required., Set spring.data.redis.password",
			"ERR invalid password, Correct spring.data.redis.username" })
	void everyAnswerOfAServerHasItsOwnAction(String error, String action) {
		LuaScriptExecutionException failure = new LuaScriptExecutionException("Script 'reserve' failed: " + error,
				"reserve", "0", null, error, null, null);
		ServerTrouble trouble = ServerTrouble.of(failure, "localhost:6379");
		assertThat(trouble.cause()).contains(error);
		assertThat(trouble.action()).contains(action).doesNotContain(START_REDIS);
	}

	@Test
	void whatNobodyKnowsIsTheMostSpecificCause() {
		ServerTrouble trouble = ServerTrouble.of(new IllegalStateException("outer", new IOException("the real one")),
				"localhost:6379");
		assertThat(trouble).isEqualTo(new ServerTrouble("the real one",
				"Check that localhost:6379 is the server that spring.data.redis.* means."));
	}

	// Both modes, of which one says it in the exception and the other one in the log.
	private void expect(CapturedOutput output, String cause, String action, String... properties) {
		Lines.runner(this.redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.locations=classpath:scripts/app/", "redis-lua.preload.timeout=5s")
			.withPropertyValues(properties)
			.withPropertyValues("redis-lua.preload.mode=strict")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(LuaPreloadException.class, (ex) -> {
					assertThat(ex).hasMessageContaining(cause);
					assertThat(ex.getAction()).contains(action).doesNotContain(START_REDIS);
				}));
		Lines.runner(this.redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.locations=classpath:scripts/app/", "redis-lua.preload.timeout=5s")
			.withPropertyValues(properties)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(
						output.getOut().lines().filter((line) -> line.contains("they will be when they are called: ")))
					.singleElement()
					.asString()
					.contains(cause)
					.contains(action);
			});
	}

	private boolean isBusy() {
		try (Socket socket = new Socket(this.redis.getHost(), this.redis.getPort())) {
			send(socket, "GET a");
			socket.setSoTimeout(500);
			return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("-BUSY");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void ping(Socket socket) throws IOException {
		send(socket, "PING");
		assertThat(socket.getInputStream().readNBytes(7)).asString().isEqualTo("+PONG\r\n");
	}

	private static void send(Socket socket, String command) throws IOException {
		socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
	}

}
