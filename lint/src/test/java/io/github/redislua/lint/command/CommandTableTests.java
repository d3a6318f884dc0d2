package io.github.redislua.lint.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.redislua.lint.RedisServer;
import io.github.redislua.lint.RespClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class CommandTableTests {

	@Test
	void theSnapshotIsWhatTheServerSays() throws IOException {
		try (RedisServer server = RedisServer.start()) {
			assumeTrue(server != null, "no Redis server in reach");
			try (RespClient client = server.connect();
					InputStream in = CommandTable.class.getResourceAsStream("commands-7.0.txt")) {
				String info = (String) client.command("INFO", "server");
				assumeTrue(info.contains("redis_version:7.0."), "the server is not a Redis 7.0");
				assertThat(CommandTableGenerator.table(client))
					.isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
			}
		}
	}

	@Test
	void keysAreFoundByIndexKeywordAndNumber() {
		assertThat(keys("GET k")).containsExactly(1);
		assertThat(keys("MSET a 1 b 2")).containsExactly(1, 3);
		assertThat(keys("ZUNIONSTORE d 2 a b WEIGHTS 1 2")).containsExactly(1, 3, 4);
		assertThat(keys("XREAD COUNT 1 STREAMS a b 0 0")).containsExactly(4, 5);
		assertThat(keys("GEORADIUS g 1 2 3 km STORE d")).containsExactly(1, 7);
		assertThat(keys("BLPOP a b 0")).containsExactly(1, 2);
		assertThat(keys("OBJECT|ENCODING ENCODING k")).containsExactly(2);
		assertThat(keys("PUBLISH c m")).isEmpty();
		assertThat(keys("LMPOP 2 a b LEFT")).containsExactly(2, 3);
		assertThat(keys("SDIFF")).isEmpty();
		assertThat(keys("ZUNION x a")).isEmpty();
	}

	@Test
	void everyLineIsRead() {
		CommandTable table = CommandTable.offline();
		assertThat(table.names()).hasSizeGreaterThan(360);
		for (String name : table.names()) {
			CommandInfo info = table.find(name);
			assertThat(info).as(name).isNotNull();
			assertThat(info.arity()).as(name).isNotZero();
		}
	}

	@Test
	void answersOfAnyClientAreRead() {
		List<Object> bytes = Arrays.asList("get".getBytes(StandardCharsets.UTF_8), 2L, List.of("readonly"), 1L, 1L, 1L);
		CommandTable table = CommandTable.offline().withServer(List.of("GET", "SET"), Arrays.asList(bytes, null));
		assertThat(table.isLive("get")).isTrue();
		assertThat(table.isRefuted("SET")).isTrue();
		assertThat(table.find("set")).isNull();
		assertThat(CommandTable.offline().withServer(List.of("GET"), List.of()).find("get")).isNotNull();
		assertThat(CommandTable.offline().withServer(List.of("GET"), Arrays.asList("nonsense")).find("get"))
			.isNotNull();
	}

	private static List<Integer> keys(String line) {
		String[] words = line.split(" ");
		CommandInfo info = CommandTable.offline().find(words[0]);
		assertThat(info).isNotNull();
		return Arrays.stream(info.keyPositions(new CommandArguments() {

			@Override
			public int size() {
				return words.length;
			}

			@Override
			public boolean isExact() {
				return true;
			}

			@Override
			public String literal(int index) {
				return words[index];
			}

		})).sorted().boxed().toList();
	}

}
