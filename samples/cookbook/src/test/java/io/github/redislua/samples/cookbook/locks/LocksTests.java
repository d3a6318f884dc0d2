package io.github.redislua.samples.cookbook.locks;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.samples.cookbook.locks.Locks.Attempt;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@LuaScriptTest
class LocksTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Autowired
	private Locks locks;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clean() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void oneOwnerHasALock() {
		assertThat(this.locks.acquire("door", "ada", MINUTE)).isTrue();
		assertThat(this.locks.acquire("door", "bob", MINUTE)).isFalse();
		assertThat(this.locks.acquire("door", "ada", MINUTE)).isFalse();
		assertThat(this.locks.acquire("gate", "bob", MINUTE)).isTrue();
	}

	@Test
	void aLockRunsOut() {
		assertThat(this.locks.acquireForSeconds("door", "ada", 60)).isTrue();
		assertThat(this.locks.acquireForSeconds("door", "bob", 60)).isFalse();
		assertThat((Long) this.redis.execute("PTTL", "cookbook:lock:door")).isBetween(1L, 60_000L);
		this.redis.execute("DEL", "cookbook:lock:door");
		assertThat(this.locks.acquireForSeconds("door", "bob", 60)).isTrue();
	}

	@Test
	void whoDoesNotGetALockHearsHowLongToWait() {
		assertThat(this.locks.tryAcquire("door", "ada", MINUTE)).isEqualTo(new Attempt(true, 60_000));
		Attempt attempt = this.locks.tryAcquire("door", "bob", Duration.ofHours(1));
		assertThat(attempt.acquired()).isFalse();
		assertThat(attempt.ttl()).isBetween(1L, 60_000L);
		this.redis.execute("PERSIST", "cookbook:lock:door");
		assertThat(this.locks.tryAcquire("door", "bob", MINUTE)).isEqualTo(new Attempt(false, -1));
	}

	@Test
	void onlyItsOwnerReleasesALock() {
		assertThat(this.locks.release("door", "ada")).isFalse();
		this.locks.acquire("door", "ada", MINUTE);
		assertThat(this.locks.release("door", "bob")).isFalse();
		assertThat(this.locks.release("door", "ada")).isTrue();
		assertThat(this.locks.acquire("door", "bob", MINUTE)).isTrue();
	}

	@Test
	void onlyItsOwnerExtendsALock() {
		assertThat(this.locks.extend("door", "ada", MINUTE)).isFalse();
		this.locks.acquire("door", "ada", MINUTE);
		assertThat(this.locks.extend("door", "bob", Duration.ofHours(1))).isFalse();
		assertThat(this.locks.extend("door", "ada", Duration.ofHours(1))).isTrue();
		assertThat((Long) this.redis.execute("PTTL", "cookbook:lock:door")).isGreaterThan(60_000L);
	}

	@Test
	void extendingNeverTakesALockAway() {
		this.locks.acquire("door", "ada", Duration.ofHours(1));
		assertThat(this.locks.extend("door", "ada", MINUTE)).isTrue();
		assertThat((Long) this.redis.execute("PTTL", "cookbook:lock:door")).isGreaterThan(3_500_000L);
		assertThatIllegalArgumentException().isThrownBy(() -> this.locks.extend("door", "ada", Duration.ZERO))
			.withMessageContaining("at least a millisecond");
		assertThat(this.locks.acquire("door", "bob", MINUTE)).isFalse();
	}

	@Test
	void anInnerHoldDoesNotShortenTheOuterOne() {
		this.locks.acquireReentrant("door", "ada", Duration.ofHours(1));
		this.locks.acquireReentrant("door", "ada", MINUTE);
		assertThat((Long) this.redis.execute("PTTL", "cookbook:reentrant-lock:door")).isGreaterThan(3_500_000L);
		this.locks.acquireReentrant("door", "ada", Duration.ofHours(2));
		assertThat((Long) this.redis.execute("PTTL", "cookbook:reentrant-lock:door")).isGreaterThan(7_000_000L);
	}

	@Test
	void nobodyHoldsALockForNoTime() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.locks.acquireReentrant("door", "ada", Duration.ZERO));
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(0L);
		this.locks.acquireReentrant("door", "ada", MINUTE);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.locks.acquireReentrant("door", "ada", Duration.ZERO));
		assertThat(this.locks.acquireReentrant("door", "bob", MINUTE)).isZero();
	}

	@Test
	void anOwnerMayAcquireALockAgain() {
		assertThat(this.locks.acquireReentrant("door", "ada", MINUTE)).isEqualTo(1);
		assertThat(this.locks.acquireReentrant("door", "ada", MINUTE)).isEqualTo(2);
		assertThat(this.locks.acquireReentrant("door", "bob", MINUTE)).isZero();
		assertThat(this.locks.releaseReentrant("door", "bob")).isEmpty();
		assertThat(this.locks.releaseReentrant("door", "ada")).hasValue(1);
		assertThat(this.locks.acquireReentrant("door", "bob", MINUTE)).isZero();
		assertThat(this.locks.releaseReentrant("door", "ada")).hasValue(0);
		assertThat(this.locks.releaseReentrant("door", "ada")).isEmpty();
		assertThat(this.locks.acquireReentrant("door", "bob", MINUTE)).isEqualTo(1);
	}

	@Test
	void fitsItsScripts() {
		assertThatScripts(Locks.class).fitsItsScriptsWithoutWarnings();
	}

}
