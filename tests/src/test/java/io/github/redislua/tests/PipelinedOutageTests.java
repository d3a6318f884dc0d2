package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ran in {@code LuaScripts.pipelined} has its result in the list, whatever happened
 * to the rest.
 */
class PipelinedOutageTests {

	private LocalRedis up;

	private LocalRedis down;

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

	@BeforeEach
	void start() {
		this.up = LocalRedis.start();
		this.down = LocalRedis.start();
	}

	@AfterEach
	void stop() {
		this.down.resume();
		this.connections.forEach(Clients::destroy);
		this.down.close();
		this.up.close();
	}

	private LuaRepositoryFactory factory(Driver driver) {
		RedisConnectionFactory first = driver.connect(Driver.server(this.up), Duration.ofSeconds(10));
		RedisConnectionFactory second = driver.connect(Driver.server(this.down), Duration.ofSeconds(10));
		this.connections.addAll(List.of(first, second));
		return LuaRepositoryFactory.builder((name) -> name.isEmpty() ? first : second).locations().build();
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,true", "LETTUCE,false", "JEDIS,true", "JEDIS,false" })
	void theResultsOfTheOtherServerAreThere(Driver driver, boolean downFirst) {
		LuaRepositoryFactory factory = factory(driver);
		Near near = factory.create(Near.class);
		Far far = factory.create(Far.class);
		near.add("n");
		far.addWithin500ms("n");
		this.down.kill();
		List<Object> results = factory.scripts().pipelined(() -> {
			if (downFirst) {
				far.addWithin500ms("n");
			}
			near.add("n");
			far.addWithin500ms("n");
			near.add("n");
		});
		int start = downFirst ? 1 : 0;
		assertThat(results).hasSize(start + 3);
		assertThat(results.get(start)).isEqualTo(2L);
		assertThat(results.get(start + 2)).isEqualTo(3L);
		for (int i : downFirst ? List.of(0, 2) : List.of(1)) {
			assertThat(results.get(i)).isInstanceOf(DataAccessException.class)
				.isNotInstanceOf(LuaScriptException.class)
				.satisfies((ex) -> assertThat((Throwable) ex).hasMessageContaining("Far.addWithin500ms(String)"));
		}
		assertThat(this.up.execute("GET", "n")).isEqualTo("3");
	}

	@Test
	void theFuturesOfTheOtherServerComplete() {
		LuaRepositoryFactory factory = factory(Driver.LETTUCE);
		NearLater near = factory.create(NearLater.class);
		FarLater far = factory.create(FarLater.class);
		near.add("n").join();
		far.addWithin500ms("n").join();
		this.down.kill();
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		List<Object> results = factory.scripts().pipelined(() -> {
			futures.add(far.addWithin500ms("n"));
			futures.add(near.add("n"));
		});
		assertThat(results.get(1)).isEqualTo(2L);
		assertThat(futures.get(1)).isCompletedWithValue(2L);
		assertThat(futures.get(0)).isCompletedExceptionally().isNotCancelled();
	}

	@ParameterizedTest
	@EnumSource
	void theTimeoutOfAMethodCounts(Driver driver) throws Exception {
		LuaRepositoryFactory factory = factory(driver);
		Near near = factory.create(Near.class);
		Far far = factory.create(Far.class);
		near.add("n");
		far.addWithin500ms("n");
		this.down.pause();
		CompletableFuture<List<Object>> pipelined = Wait.inTheBackground(() -> factory.scripts().pipelined(() -> {
			far.addWithin500ms("n");
			far.addWithin500ms("n");
			near.add("n");
		}));
		List<Object> results = pipelined.get(2500, TimeUnit.MILLISECONDS);
		assertThat(results.get(2)).isEqualTo(2L);
		assertThat(results.subList(0, 2))
			.allSatisfy((ex) -> assertThat((Throwable) ex).isInstanceOf(DataAccessException.class)
				.hasMessageContaining("Far.addWithin500ms(String)"));
		this.down.resume();
	}

	@ParameterizedTest
	@EnumSource
	void aServerThatIsFrozenBeforeTheFirstConnectionCostsTheTimeoutOfAMethodToo(Driver driver) throws Exception {
		LuaRepositoryFactory factory = factory(driver);
		Near near = factory.create(Near.class);
		Far far = factory.create(Far.class);
		this.down.pause();
		CompletableFuture<List<Object>> pipelined = Wait.inTheBackground(() -> factory.scripts().pipelined(() -> {
			near.add("n");
			far.addWithin500ms("n");
		}));
		List<Object> results = pipelined.get(2500, TimeUnit.MILLISECONDS);
		assertThat(results.get(0)).isEqualTo(1L);
		assertThat(results.get(1)).isInstanceOf(DataAccessException.class);
		this.down.resume();
		Thread.sleep(200);
		assertThat(this.down.execute("EXISTS", "n")).as("nothing is sent later").isEqualTo(0L);
	}

	interface Near {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

	}

	interface NearLater {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		CompletableFuture<Long> add(@Key String key);

	}

	@LuaRepository(connectionFactory = "far")
	interface Far {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", timeout = "500ms")
		long addWithin500ms(@Key String key);

	}

	@LuaRepository(connectionFactory = "far")
	interface FarLater {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", timeout = "500ms")
		CompletableFuture<Long> addWithin500ms(@Key String key);

	}

}
