package io.github.redislua.samples.cookbook.caching;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.samples.cookbook.caching.Cache.Cached;
import io.github.redislua.samples.cookbook.caching.Cache.State;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class CacheTests {

	private static final Duration FRESH = Duration.ofHours(1);

	private static final Duration STALE = Duration.ofMinutes(10);

	@Autowired
	private Cache cache;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clear() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void interfaceFitsItsScripts() {
		assertThatScripts(Cache.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void valueIsFreshAtFirst() {
		this.cache.store("news", "rain", FRESH, STALE);
		assertThat(fetch()).isEqualTo(cached("rain", State.FRESH));
		assertThat((Long) this.redis.execute("PTTL", "cookbook:{cache:news}:value"))
			.isBetween(FRESH.plus(STALE).minusMinutes(1).toMillis(), FRESH.plus(STALE).toMillis());
	}

	@Test
	void missSaysSoAndHasNoValue() {
		assertThat(fetch()).isEqualTo(new Cached(Optional.empty(), State.MISS));
	}

	@Test
	void oneCallerIsToldToRevalidate() {
		this.cache.store("news", "rain", FRESH, STALE);
		age();
		assertThat(fetch()).isEqualTo(cached("rain", State.REVALIDATE));
		assertThat(fetch()).isEqualTo(cached("rain", State.STALE));
		assertThat(fetch()).isEqualTo(cached("rain", State.STALE));
	}

	@Test
	void anotherOneIsToldIfTheFirstTakesTooLong() {
		this.cache.store("news", "rain", FRESH, STALE);
		age();
		fetch();
		this.redis.execute("PEXPIRE", "cookbook:{cache:news}:revalidating", "-1");
		assertThat(fetch()).isEqualTo(cached("rain", State.REVALIDATE));
	}

	@Test
	void newValueMayGetOldAgain() {
		this.cache.store("news", "rain", FRESH, STALE);
		age();
		fetch();
		this.cache.store("news", "sun", FRESH, STALE);
		assertThat(fetch()).isEqualTo(cached("sun", State.FRESH));
		age();
		assertThat(fetch()).isEqualTo(cached("sun", State.REVALIDATE));
	}

	@Test
	void valueThatNeverGoesIsNeverStale() {
		this.cache.store("news", "rain", FRESH, STALE);
		this.redis.execute("PERSIST", "cookbook:{cache:news}:value");
		assertThat(fetch()).isEqualTo(cached("rain", State.FRESH));
	}

	@Test
	void refusesTimesThatMakeNoSense() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.cache.store("news", "rain", Duration.ZERO, STALE))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_TIME"));
		assertThat(fetch().state()).isEqualTo(State.MISS);
	}

	private Cached fetch() {
		return this.cache.fetch("news", STALE, Duration.ofSeconds(30));
	}

	private void age() {
		this.redis.execute("PEXPIRE", "cookbook:{cache:news}:value", String.valueOf(STALE.toMillis()));
	}

	private static Cached cached(String value, State state) {
		return new Cached(Optional.of(value), state);
	}

}
