package io.github.redislua.samples.quickstart.ratelimit;

import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.samples.quickstart.ratelimit.RateLimits.Decision;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class RateLimitsTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	@Autowired
	private RateLimits rateLimits;

	@BeforeEach
	void clear(@Autowired LocalRedis redis) {
		redis.execute("FLUSHALL");
	}

	@Test
	void takesTokensUntilThereAreNoneLeft() {
		assertThat(acquire(NOON)).isEqualTo(new Decision(true, 1));
		assertThat(acquire(NOON)).isEqualTo(new Decision(true, 0));
		assertThat(acquire(NOON)).isEqualTo(new Decision(false, 0));
	}

	@Test
	void losesNoFractionOfAToken() {
		acquire(NOON);
		acquire(NOON);
		// Two tokens a second: one comes in after half of it, however often one asks.
		for (int millis = 1; millis < 500; millis++) {
			assertThat(acquire(NOON.plusMillis(millis)).allowed()).isFalse();
		}
		assertThat(acquire(NOON.plusMillis(500)).allowed()).isTrue();
	}

	@Test
	void holdsNoMoreThanItsCapacity() {
		acquire(NOON);
		assertThat(acquire(NOON.plusSeconds(3600))).isEqualTo(new Decision(true, 1));
	}

	@Test
	void clockThatIsBehindTakesNothingAway() {
		acquire(NOON);
		assertThat(acquire(NOON.minusSeconds(60))).isEqualTo(new Decision(true, 0));
		assertThat(acquire(NOON).allowed()).isFalse();
	}

	@Test
	void bucketIsGoneWhenItWouldBeFull(@Autowired LocalRedis redis) {
		acquire(NOON);
		assertThat((Long) redis.execute("PTTL", "shop:client")).isBetween(1L, 500L);
	}

	@Test
	void refusesLimitsThatMakeNoSense() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.rateLimits.tryAcquire("client", 2, 0, NOON))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_LIMIT"));
	}

	private Decision acquire(Instant now) {
		return this.rateLimits.tryAcquire("client", 2, 2, now);
	}

}
