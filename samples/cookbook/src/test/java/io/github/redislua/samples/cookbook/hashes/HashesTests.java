package io.github.redislua.samples.cookbook.hashes;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScripts;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

@LuaScriptTest
class HashesTests {

	private static final String KEY = "cookbook:order";

	@Autowired
	private Hashes hashes;

	@Autowired
	private LuaScripts scripts;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clear() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void interfaceFitsItsScripts() {
		assertThatScripts(Hashes.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void updatesWhatIsAsExpected() {
		this.redis.execute("HSET", KEY, "state", "new");
		assertThat(this.hashes.updateIf("order", "state", "new", "state", "paid")).isTrue();
		assertThat(this.hashes.updateIf("order", "state", "paid", "note", "thanks")).isTrue();
		assertThat(this.redis.execute("HMGET", KEY, "state", "note")).isEqualTo(List.of("paid", "thanks"));
	}

	@Test
	void updatesNothingThatIsNotThere() {
		assertThat(this.hashes.updateIf("order", "state", "", "state", "paid")).isFalse();
		assertThat(this.redis.execute("EXISTS", KEY)).isEqualTo(0L);
	}

	@Test
	void updatesNothingThatHasChanged() {
		this.redis.execute("HSET", KEY, "state", "paid");
		assertThat(this.hashes.updateIf("order", "state", "new", "state", "cancelled")).isFalse();
		assertThat(this.redis.execute("HGET", KEY, "state")).isEqualTo("paid");
	}

	@Test
	void incrementsAndKeepsFractions() {
		assertThat(increment("0.1")).isEqualByComparingTo("0.1");
		assertThat(increment("0.2")).isEqualByComparingTo("0.3");
		assertThat(increment("-0.3")).isEqualByComparingTo("0");
	}

	@Test
	void incrementsFromZeroWhatIsNotThere() {
		assertThat(increment("4")).isEqualByComparingTo("4");
		assertThat(this.redis.execute("HGET", KEY, "level")).isEqualTo("4");
	}

	@Test
	void stopsAtBothBounds() {
		assertThat(increment("7.5")).isEqualByComparingTo("7.5");
		assertThat(increment("7.5")).isEqualByComparingTo("9.9");
		assertThat(this.redis.execute("HGET", KEY, "level")).isEqualTo("9.9");
		assertThat(increment("-12")).isEqualByComparingTo("-1");
		assertThat(this.redis.execute("HGET", KEY, "level")).isEqualTo("-1");
	}

	@Test
	void incrementsNeitherTextNorBetweenBoundsInTheWrongOrder() {
		this.redis.execute("HSET", KEY, "level", "high");
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> increment("1"))
			.withMessageContaining("hash value is not a float");
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(
				() -> this.hashes.incrementWithin("order", "level", BigDecimal.ONE, BigDecimal.TEN, BigDecimal.ZERO))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_BOUNDS"));
		assertThat(this.redis.execute("HGET", KEY, "level")).isEqualTo("high");
	}

	@Test
	void setsWhatIsGreater() {
		assertThat(this.hashes.setIfGreater("order", "best", new BigDecimal("9.5"))).isTrue();
		assertThat(this.hashes.setIfGreater("order", "best", new BigDecimal("10.25"))).isTrue();
		assertThat(this.redis.execute("HGET", KEY, "best")).isEqualTo("10.25");
	}

	@Test
	void setsAlsoANegativeNumberWhereThereIsNone() {
		assertThat(this.hashes.setIfGreater("order", "best", new BigDecimal("-3"))).isTrue();
		assertThat(this.redis.execute("HGET", KEY, "best")).isEqualTo("-3");
	}

	@Test
	void setsNothingThatIsNotGreater() {
		this.redis.execute("HSET", KEY, "best", "10", "name", "ann");
		assertThat(this.hashes.setIfGreater("order", "best", BigDecimal.TEN)).isFalse();
		assertThat(this.hashes.setIfGreater("order", "best", new BigDecimal("9.99"))).isFalse();
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.hashes.setIfGreater("order", "name", BigDecimal.ONE))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("NOT_A_NUMBER"));
		assertThat(this.redis.execute("HMGET", KEY, "best", "name")).isEqualTo(List.of("10", "ann"));
	}

	@Test
	void readsFieldsAndDefaults() {
		this.redis.execute("HSET", KEY, "language", "de", "note", "");
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("theme", "light");
		defaults.put("language", "en");
		defaults.put("note", "none");
		assertThat(this.hashes.getOrDefaults("order", defaults)).containsExactly(entry("theme", "light"),
				entry("language", "de"), entry("note", ""));
	}

	@Test
	void readsDefaultsOfAHashThatIsNotThere() {
		assertThat(this.hashes.getOrDefaults("order", Map.of("theme", "light")))
			.containsExactly(entry("theme", "light"));
		assertThat(this.hashes.getOrDefaults("order", Map.of())).isEmpty();
	}

	@Test
	void readsNoFieldWithoutADefault() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.scripts.execute("hashes/get_or_defaults", Map.class, List.of(KEY), "theme"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("NOT_IN_PAIRS"));
	}

	@Test
	void setsAndReadsMoreFieldsThanUnpackTakes() {
		Map<String, String> fields = new LinkedHashMap<>();
		for (int i = 0; i < 12_345; i++) {
			fields.put("field-" + i, "value-" + i);
		}
		assertThat(this.hashes.putAll("order", fields)).isEqualTo(12_345);
		Map<String, String> defaults = new LinkedHashMap<>(fields);
		defaults.replaceAll((field, value) -> "missing");
		assertThat(this.hashes.getOrDefaults("order", defaults)).isEqualTo(fields);
	}

	@Test
	void makesTheHashAndKeepsItsOtherFields() {
		assertThat(this.hashes.putAll("order", Map.of("a", "1"))).isEqualTo(1);
		assertThat(this.hashes.putAll("order", Map.of("a", "2", "b", "3"))).isEqualTo(2);
		assertThat(this.hashes.putAll("order", Map.of())).isEqualTo(2);
		assertThat(this.redis.execute("HMGET", KEY, "a", "b")).isEqualTo(List.of("2", "3"));
	}

	@Test
	void setsNoFieldAtAllIfOneHasNoValue() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.scripts.execute("hashes/put_all", Long.class, List.of(KEY), "a", "1", "b"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("NOT_IN_PAIRS"));
		assertThat(this.redis.execute("EXISTS", KEY)).isEqualTo(0L);
	}

	private BigDecimal increment(String by) {
		return this.hashes.incrementWithin("order", "level", new BigDecimal(by), new BigDecimal("-1"),
				new BigDecimal("9.9"));
	}

}
