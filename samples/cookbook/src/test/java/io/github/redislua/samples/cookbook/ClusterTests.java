package io.github.redislua.samples.cookbook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.redislua.samples.cookbook.bulk.Bulk;
import io.github.redislua.samples.cookbook.caching.Cache;
import io.github.redislua.samples.cookbook.caching.Cache.State;
import io.github.redislua.samples.cookbook.counters.Counters;
import io.github.redislua.samples.cookbook.flags.FeatureFlags;
import io.github.redislua.samples.cookbook.inventory.Accounts;
import io.github.redislua.samples.cookbook.inventory.Accounts.Balances;
import io.github.redislua.samples.cookbook.inventory.Inventory;
import io.github.redislua.samples.cookbook.inventory.Inventory.Reservation;
import io.github.redislua.samples.cookbook.sessions.Sessions;
import io.github.redislua.samples.cookbook.versions.VersionedCounters;
import io.github.redislua.test.LocalRedisCluster;
import io.github.redislua.test.LuaScriptTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recipes that use several keys, each with names whose slots are on all masters.
 */
@LuaScriptTest
@DirtiesContext
class ClusterTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final LocalRedisCluster cluster = LocalRedisCluster.start(3, 0);

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("spring.data.redis.cluster.nodes", cluster::getSeedNodes);
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	static Stream<String> names() {
		return IntStream.range(0, 12).mapToObj((i) -> "name" + i);
	}

	@ParameterizedTest
	@MethodSource("names")
	void sessions(String user, @Autowired Sessions sessions) {
		assertThat(sessions.create(user, "s1", HOUR, Map.of("cart", "7"))).isTrue();
		assertThat(sessions.update(user, "s1", Map.of("cart", "8"))).isTrue();
		assertThat(sessions.readAndTouch(user, "s1", HOUR)).contains(Map.of("cart", "8"));
		assertThat(sessions.create(user, "s2", HOUR, Map.of())).isTrue();
		assertThat(sessions.destroy(user, "s2")).isTrue();
		sessions.destroyAll(user);
		assertThat(sessions.readAndTouch(user, "s1", HOUR)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("names")
	void money(String ledger, @Autowired Accounts accounts) {
		accounts.open(ledger, "ann", 1000);
		accounts.open(ledger, "bob", 500);
		assertThat(accounts.transfer(ledger, "ann", "bob", 250).done()).isTrue();
		assertThat(accounts.transferOrFail(ledger, "bob", "ann", 750)).isEqualTo(new Balances(0, 1500));
	}

	@ParameterizedTest
	@MethodSource("names")
	void stock(String sku, @Autowired Inventory inventory) {
		inventory.load(sku, 3);
		assertThat(inventory.reserve(sku, "A-1", 2)).isEqualTo(new Reservation(true, 1));
	}

	@ParameterizedTest
	@MethodSource("names")
	void sums(String page, @Autowired Counters counters) {
		assertThat(counters.sum(page)).isZero();
	}

	@ParameterizedTest
	@MethodSource("names")
	void flags(String flag, @Autowired FeatureFlags flags) {
		flags.configure(flag, true, 0);
		assertThat(flags.isOn(flag, "ada")).isFalse();
		flags.allow(flag, "ada");
		assertThat(flags.isOn(flag, "ada")).isTrue();
	}

	@ParameterizedTest
	@MethodSource("names")
	void caching(String name, @Autowired Cache cache) {
		assertThat(cache.fetch(name, HOUR, HOUR).state()).isEqualTo(State.MISS);
		cache.store(name, "v", HOUR, HOUR);
		assertThat(cache.fetch(name, HOUR, HOUR).value()).contains("v");
	}

	@ParameterizedTest
	@MethodSource("names")
	void bulk(String tenant, @Autowired Bulk bulk) {
		assertThat(bulk.setAll(tenant, Map.of("a", "1", "b", "2"))).isEqualTo(2);
		assertThat(bulk.findExisting(tenant, List.of("b", "c"))).containsExactly(new Bulk.Entry("b", "2"));
	}

	@ParameterizedTest
	@MethodSource("names")
	void versions(String counter, @Autowired VersionedCounters counters) {
		assertThat(counters.incrementV1(counter)).isEqualTo(1);
		assertThat(counters.incrementV2(counter, Instant.ofEpochMilli(7))).isEqualTo(2);
	}

}
