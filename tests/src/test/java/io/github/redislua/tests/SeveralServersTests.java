package io.github.redislua.tests;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Repositories on several servers in one application: each has its own scripts in its
 * cache, and each its own healing.
 */
class SeveralServersTests {

	private LocalRedis stock;

	private LocalRedisCluster sessions;

	@BeforeEach
	void start() {
		this.stock = LocalRedis.start();
		this.sessions = LocalRedisCluster.start(3, 0);
	}

	@AfterEach
	void stop() {
		this.sessions.close();
		this.stock.close();
	}

	@ParameterizedTest
	@EnumSource
	void eachRepositoryRunsOnItsOwn(Driver driver) {
		Driver other = Driver.values()[1 - driver.ordinal()];
		RedisConnectionFactory first = driver.connect(this.stock);
		RedisConnectionFactory second = other.connect(this.sessions);
		try {
			LuaRepositoryFactory factory = LuaRepositoryFactory.builder((name) -> name.isEmpty() ? first : second)
				.locations()
				.build();
			Stock stock = factory.create(Stock.class);
			Sessions sessions = factory.create(Sessions.class);
			Map<String, Integer> loaded = factory.scripts().preload();
			assertThat(loaded).hasSize(4)
				.containsEntry("127.0.0.1:" + this.stock.getPort(), 1)
				.allSatisfy((node, count) -> assertThat(count).isEqualTo(1));
			assertThat(stock.add("n", 1)).isEqualTo(1);
			assertThat(sessions.touch("n")).isEqualTo(1);
			this.stock.execute("SCRIPT", "FLUSH");
			assertThat(stock.add("n", 1)).isEqualTo(2);
			assertThat(sessions.touch("n")).isEqualTo(2);
			assertThat(this.stock.execute("EXISTS", "n")).isEqualTo(1L);
			assertThat(this.sessions.masterOf("n").execute("GET", "n")).isEqualTo("2");
			assertThat(Statistics.calls(this.sessions.masterOf("n"), "script|load")).isEqualTo(1);
			assertThat(factory.scripts().pipelined(() -> {
				stock.add("n", 1);
				sessions.touch("n");
				stock.add("n", 1);
			})).containsExactly(3L, 3L, 4L);
		}
		finally {
			Clients.destroy(first);
			Clients.destroy(second);
		}
	}

	@LuaRepository
	interface Stock {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

	}

	@LuaRepository(connectionFactory = "sessions")
	interface Sessions {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long touch(@Key String key);

	}

}
