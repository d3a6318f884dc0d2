package io.github.redislua.samples.cookbook.cas;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.samples.cookbook.cas.Values.Found;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;

@LuaScriptTest
class ValuesTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final String KEY = "cookbook:k";

	@Autowired
	private Values values;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clean() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void theExpectedValueIsReplacedAndLivesOn() {
		this.redis.execute("SET", KEY, "old", "EX", "100");
		assertThat(this.values.compareAndSet("k", "old", "new")).isTrue();
		assertThat(this.redis.execute("GET", KEY)).isEqualTo("new");
		assertThat(ttl()).isBetween(60_000L, 100_000L);
	}

	@Test
	void anotherValueOrNoneIsNotReplaced() {
		assertThat(this.values.compareAndSet("k", "old", "new")).isFalse();
		assertThat(this.redis.execute("EXISTS", KEY)).isEqualTo(0L);
		this.redis.execute("SET", KEY, "other");
		assertThat(this.values.compareAndSet("k", "old", "new")).isFalse();
		assertThat(this.redis.execute("GET", KEY)).isEqualTo("other");
	}

	@Test
	void onlyTheExpectedValueIsDeleted() {
		assertThat(this.values.deleteIf("k", "old")).isFalse();
		this.redis.execute("SET", KEY, "other");
		assertThat(this.values.deleteIf("k", "old")).isFalse();
		assertThat(this.values.deleteIf("k", "other")).isTrue();
		assertThat(this.redis.execute("EXISTS", KEY)).isEqualTo(0L);
	}

	@Test
	void aValueIsReadAndDeleted() {
		assertThat(this.values.getAndDelete("k")).isEmpty();
		this.redis.execute("SET", KEY, "v");
		assertThat(this.values.getAndDelete("k")).contains("v");
		assertThat(this.redis.execute("EXISTS", KEY)).isEqualTo(0L);
	}

	@Test
	void aValueIsReadAndLivesAnotherMinute() {
		assertThat(this.values.getAndExpire("k", MINUTE)).isEmpty();
		this.redis.execute("SET", KEY, "v");
		assertThat(this.values.getAndExpire("k", MINUTE)).contains("v");
		assertThat(ttl()).isBetween(1L, 60_000L);
	}

	@Test
	void aValueIsSetByTheFirstWhoAsks() {
		assertThat(this.values.getOrSet("k", "first", MINUTE)).isEqualTo(new Found("first", true));
		assertThat(this.values.getOrSet("k", "second", MINUTE)).isEqualTo(new Found("first", false));
		assertThat(ttl()).isBetween(1L, 60_000L);
	}

	@Test
	void aValueIsSetWhereThereIsNone() {
		assertThat(this.values.setIfAbsent("k", "first", MINUTE)).isTrue();
		assertThat(this.values.setIfAbsent("k", "second", MINUTE)).isFalse();
		assertThat(this.redis.execute("GET", KEY)).isEqualTo("first");
		assertThat(ttl()).isBetween(1L, 60_000L);
	}

	@Test
	void aValueThatLivesShorterIsReplaced() {
		assertThat(this.values.setWithMinimumTtl("k", "v", MINUTE)).isTrue();
		this.redis.execute("PEXPIRE", KEY, "5000");
		assertThat(this.values.setWithMinimumTtl("k", "v2", MINUTE)).isTrue();
		assertThat(this.redis.execute("GET", KEY)).isEqualTo("v2");
		assertThat(ttl()).isBetween(50_000L, 60_000L);
	}

	@Test
	void aValueThatLivesLongerStays() {
		this.redis.execute("SET", KEY, "v", "EX", "1000");
		assertThat(this.values.setWithMinimumTtl("k", "v2", MINUTE)).isFalse();
		assertThat(this.redis.execute("GET", KEY)).isEqualTo("v");
		assertThat(ttl()).isBetween(900_000L, 1_000_000L);
	}

	@Test
	void aValueThatLivesForEverStays() {
		this.redis.execute("SET", KEY, "v");
		assertThat(this.values.setWithMinimumTtl("k", "v2", MINUTE)).isFalse();
		assertThat(this.redis.execute("GET", KEY)).isEqualTo("v");
		assertThat(ttl()).isEqualTo(-1);
	}

	@Test
	void fitsItsScripts() {
		assertThatScripts(Values.class).fitsItsScriptsWithoutWarnings();
	}

	private long ttl() {
		return (Long) this.redis.execute("PTTL", KEY);
	}

}
