package io.github.redislua.samples.cookbook.ratelimits;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.samples.cookbook.ratelimits.RateLimits.Decision;
import io.github.redislua.samples.cookbook.ratelimits.RateLimits.Taken;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@LuaScriptTest
class RateLimitsTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@Autowired
	private RateLimits limits;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clean() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void aFixedWindowAllowsSoManyAndTellsWhenToAskAgain() {
		assertThat(this.limits.fixedWindow("ada", 2, HOUR)).isEqualTo(new Decision(true, 1, 0));
		assertThat(this.limits.fixedWindow("ada", 2, HOUR)).isEqualTo(new Decision(true, 0, 0));
		Decision refused = this.limits.fixedWindow("ada", 2, HOUR);
		assertThat(refused.allowed()).isFalse();
		assertThat(refused.retryAfter()).isBetween(3_500_000L, 3_600_000L);
		assertThat(this.limits.fixedWindow("bob", 2, HOUR).allowed()).isTrue();
		assertThat(this.redis.execute("GET", "cookbook:ada")).as("the refused one does not count").isEqualTo("2");
	}

	@Test
	void aFixedWindowEnds() throws Exception {
		Duration window = Duration.ofMillis(50);
		assertThat(this.limits.fixedWindow("ada", 1, window).allowed()).isTrue();
		Thread.sleep(80);
		assertThat(this.limits.fixedWindow("ada", 1, window)).isEqualTo(new Decision(true, 0, 0));
	}

	@Test
	void aCountWithoutAnEndGetsOne() {
		this.redis.execute("SET", "cookbook:ada", "2");
		Decision refused = this.limits.fixedWindow("ada", 2, HOUR);
		assertThat(refused.allowed()).isFalse();
		assertThat(refused.retryAfter()).isBetween(3_500_000L, 3_600_000L);
		assertThat((Long) this.redis.execute("PTTL", "cookbook:ada")).isPositive();
	}

	@Test
	void aWindowIsLongerThanNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.limits.fixedWindow("ada", 2, Duration.ZERO))
			.withMessageContaining("at least a millisecond");
		assertThatIllegalArgumentException().isThrownBy(() -> this.limits.slidingWindow("ada", "r1", 2, Duration.ZERO))
			.withMessageContaining("at least a millisecond");
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(0L);
	}

	@Test
	void aRequestThatIsSentAgainCountsOnce() {
		assertThat(this.limits.slidingWindow("ada", "r1", 2, 5, HOUR)).isEqualTo(new Decision(true, 3, 0));
		assertThat(this.limits.slidingWindow("ada", "r1", 2, 5, HOUR)).isEqualTo(new Decision(true, 3, 0));
		assertThat(this.limits.slidingWindow("ada", "r2", 3, 5, HOUR)).isEqualTo(new Decision(true, 0, 0));
		assertThat(this.limits.slidingWindow("ada", "r1", 2, 5, HOUR)).isEqualTo(new Decision(true, 0, 0));
		assertThat(this.limits.slidingWindow("ada", "r1", 2, 3, HOUR)).isEqualTo(new Decision(true, 0, 0));
		assertThat(this.limits.slidingWindow("ada", "r3", 1, 3, HOUR).remaining()).isZero();
		assertThat(this.redis.execute("ZCARD", "cookbook:ada")).isEqualTo(5L);
	}

	@Test
	void aRequestDoesNotCountForLessThanNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.limits.slidingWindow("ada", "r1", -1, 5, HOUR))
			.withMessageContaining("at least for none");
	}

	@Test
	void requestsOfTheSameMillisecondCountEach() {
		assertThat(this.limits.slidingWindow("ada", "r1", 3, HOUR)).isEqualTo(new Decision(true, 2, 0));
		assertThat(this.limits.slidingWindow("ada", "r2", 3, HOUR)).isEqualTo(new Decision(true, 1, 0));
		assertThat(this.limits.slidingWindow("ada", "r3", 3, HOUR)).isEqualTo(new Decision(true, 0, 0));
		Decision refused = this.limits.slidingWindow("ada", "r4", 3, HOUR);
		assertThat(refused.allowed()).isFalse();
		assertThat(refused.remaining()).isZero();
		assertThat(refused.retryAfter()).isBetween(3_500_000L, 3_600_000L);
		assertThat(this.redis.execute("ZCARD", "cookbook:ada")).as("the refused one does not count").isEqualTo(3L);
	}

	@Test
	void aRequestMayCountForSeveralOrNone() {
		assertThat(this.limits.slidingWindow("ada", "r1", 0, 5, HOUR)).isEqualTo(new Decision(true, 5, 0));
		assertThat(this.limits.slidingWindow("ada", "r1", 3, 5, HOUR)).isEqualTo(new Decision(true, 2, 0));
		assertThat(this.limits.slidingWindow("ada", "r2", 3, 5, HOUR).allowed()).isFalse();
		assertThat(this.limits.slidingWindow("ada", "r3", 2, 5, HOUR)).isEqualTo(new Decision(true, 0, 0));
		assertThat(this.limits.slidingWindow("bob", "r1", 6, 5, HOUR)).isEqualTo(new Decision(false, 5, -1));
	}

	@Test
	void requestsLeaveASlidingWindow() throws Exception {
		Duration window = Duration.ofMillis(50);
		assertThat(this.limits.slidingWindow("ada", "r1", 1, window).allowed()).isTrue();
		Thread.sleep(80);
		assertThat(this.limits.slidingWindow("ada", "r2", 1, window)).isEqualTo(new Decision(true, 0, 0));
	}

	@Test
	void aBucketIsFullAtFirstAndThenFillsUp() throws Exception {
		assertThat(this.limits.tokenBucket("ada", 2, 10)).isEqualTo(new Taken(true, 1));
		assertThat(this.limits.tokenBucket("ada", 2, 10).allowed()).isTrue();
		Taken refused = this.limits.tokenBucket("ada", 2, 1);
		assertThat(refused.allowed()).isFalse();
		assertThat(refused.tokensOrWait()).isBetween(1L, 1000L);
		Thread.sleep(250);
		assertThat(this.limits.tokenBucket("ada", 2, 10).allowed()).isTrue();
	}

	@Test
	void severalTokensAreTakenTogetherOrNone() {
		assertThat(this.limits.tokenBucket("ada", 3, 5, 0.01)).isEqualTo(new Taken(true, 2));
		Taken refused = this.limits.tokenBucket("ada", 3, 5, 0.01);
		assertThat(refused.allowed()).isFalse();
		assertThat(refused.tokensOrWait()).isBetween(90_000L, 100_000L);
		assertThat(this.limits.tokenBucket("ada", 0, 5, 0.01)).isEqualTo(new Taken(true, 2));
		assertThat(this.limits.tokenBucket("ada", 2, 5, 0.01)).isEqualTo(new Taken(true, 0));
		assertThat(this.limits.tokenBucket("ada", 6, 5, 0.01)).isEqualTo(new Taken(false, -1));
		assertThat((Long) this.redis.execute("PTTL", "cookbook:ada")).as("until it is full")
			.isBetween(490_000L, 500_000L);
	}

	@Test
	void aFullBucketTakesNoSpace() {
		assertThat(this.limits.tokenBucket("ada", 0, 5, 1)).isEqualTo(new Taken(true, 5));
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(0L);
	}

	@Test
	void aBucketThatDoesNotFillUpIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.limits.tokenBucket("ada", 2, 0))
			.withMessageContaining("a bucket fills up");
		assertThatIllegalArgumentException().isThrownBy(() -> this.limits.tokenBucket("ada", -1, 2, 1));
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(0L);
	}

	@Test
	void fitsItsScripts() {
		assertThatScripts(RateLimits.class).fitsItsScriptsWithoutWarnings();
	}

}
