package io.github.redislua.samples.cookbook.counters;

import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.samples.cookbook.counters.Counters.Attempt;
import io.github.redislua.samples.cookbook.counters.Counters.Guarded;
import io.github.redislua.samples.cookbook.counters.Counters.Turn;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class CountersTests {

	@Autowired
	private Counters counters;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clear() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void interfaceAndScriptsFit() {
		assertThatScripts(Counters.class).fitsItsScriptsWithoutWarnings();
		assertThatScripts(Counters.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void countsFromZeroAndKeepsTheTimeToLive() {
		assertThat(this.counters.increment("visits", 2)).isEqualTo(2);
		expireIn("visits", 60_000);
		assertThat(this.counters.increment("visits", -3)).isEqualTo(-1);
		assertThat(timeToLive("visits")).isBetween(1L, 60_000L);
	}

	@Test
	void refusesToCountOnText() {
		set("visits", "many");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.counters.increment("visits", 1))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("ERR"));
	}

	@Test
	void incrementsWhatExists() {
		set("visits", "41");
		assertThat(this.counters.incrementIfExists("visits", 1)).hasValue(42);
	}

	@Test
	void incrementsNothingThatDoesNotExist() {
		assertThat(this.counters.incrementIfExists("visits", 1)).isEmpty();
		assertThat(get("visits")).isNull();
	}

	@Test
	void refusesToIncrementTextThatExists() {
		set("visits", "many");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.counters.incrementIfExists("visits", 1))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("ERR"));
	}

	@Test
	void incrementsUpToTheMaximumAndNoFurther() {
		assertThat(this.counters.incrementWithMaximum("visits", 2)).hasValue(1);
		assertThat(this.counters.incrementWithMaximum("visits", 2)).hasValue(2);
		assertThat(this.counters.incrementWithMaximum("visits", 2)).isEmpty();
		assertThat(get("visits")).isEqualTo("2");
	}

	@Test
	void newCounterWithMaximumZeroIsFull() {
		assertThat(this.counters.incrementWithMaximum("visits", 0)).isEmpty();
		assertThat(get("visits")).isNull();
	}

	@Test
	void saysWhetherAnIncrementWasAccepted() {
		assertThat(this.counters.tryIncrement("visits", 3, 5L)).isEqualTo(new Attempt(true, 3));
		assertThat(this.counters.tryIncrement("visits", 3, 5L)).isEqualTo(new Attempt(false, 3));
		assertThat(this.counters.tryIncrement("visits", 2, 5L)).isEqualTo(new Attempt(true, 5));
	}

	@Test
	void acceptsAnythingWithoutMaximum() {
		assertThat(this.counters.tryIncrement("visits", 1000, null)).isEqualTo(new Attempt(true, 1000));
		assertThat(this.counters.tryIncrement("visits", 1000, null)).isEqualTo(new Attempt(true, 2000));
	}

	@Test
	void firstIncrementAboveTheMaximumMakesNoCounter() {
		assertThat(this.counters.tryIncrement("visits", 6, 5L)).isEqualTo(new Attempt(false, 0));
		assertThat(get("visits")).isNull();
	}

	@Test
	void clampsToTheMaximum() {
		assertThat(this.counters.incrementClamped("visits", 7, 10)).isEqualTo(7);
		expireIn("visits", 60_000);
		assertThat(this.counters.incrementClamped("visits", 7, 10)).isEqualTo(10);
		assertThat(this.counters.incrementClamped("visits", 7, 10)).isEqualTo(10);
		assertThat(this.counters.incrementClamped("visits", -4, 10)).isEqualTo(6);
		assertThat(timeToLive("visits")).isBetween(1L, 60_000L);
	}

	@Test
	void clampsNewCounters() {
		assertThat(this.counters.incrementClamped("visits", 70, 10)).isEqualTo(10);
		assertThat(this.counters.incrementClamped("clicks", 1, 0)).isZero();
		assertThat(get("clicks")).isNull();
	}

	@Test
	void doesNotPullDownWhatIsAboveTheMaximum() {
		set("visits", "150");
		assertThat(this.counters.incrementClamped("visits", 5, 100)).isEqualTo(150);
		assertThat(this.counters.incrementClamped("visits", -5, 100)).isEqualTo(145);
	}

	@Test
	void startsAgainAtTheThreshold() {
		assertThat(this.counters.incrementWithReset("turn", 3, 1)).isEqualTo(new Turn(1, false));
		assertThat(this.counters.incrementWithReset("turn", 3, 1)).isEqualTo(new Turn(2, false));
		expireIn("turn", 60_000);
		assertThat(this.counters.incrementWithReset("turn", 3, 1)).isEqualTo(new Turn(1, true));
		assertThat(get("turn")).isEqualTo("1");
		assertThat(timeToLive("turn")).isBetween(1L, 60_000L);
	}

	@Test
	void refusesToStartAgainWhereItEnds() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.counters.incrementWithReset("turn", 3, 3))
			.withMessage("3 is not below 3");
		assertThat(get("turn")).isNull();
	}

	@Test
	void initialisesAndThenIncrements() {
		assertThat(this.counters.initialiseOrIncrement("invoice", 1000)).isEqualTo(1000);
		assertThat(this.counters.initialiseOrIncrement("invoice", 1000)).isEqualTo(1001);
	}

	@Test
	void refusesToInitialiseOverText() {
		set("invoice", "none");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.counters.initialiseOrIncrement("invoice", 1000))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("ERR"));
		assertThat(get("invoice")).isEqualTo("none");
	}

	@Test
	void failsAtTheMaximum() {
		assertThat(this.counters.incrementOrFail("seats", 1)).isEqualTo(1);
		assertThatExceptionOfType(CounterAtMaximumException.class)
			.isThrownBy(() -> this.counters.incrementOrFail("seats", 1))
			.withMessage("1 of at most 1");
		assertThatExceptionOfType(CounterAtMaximumException.class)
			.isThrownBy(() -> this.counters.incrementOrFail("boxes", 0))
			.withMessage("0 of at most 0");
		assertThat(get("boxes")).isNull();
	}

	@Test
	void reportsErrorsInTheReply() {
		set("text", "many");
		this.redis.execute("RPUSH", "cookbook:list", "1");
		assertThat(this.counters.incrementGuarded("visits"))
			.isEqualTo(new Guarded(true, OptionalLong.of(1), Optional.empty()));
		assertThat(this.counters.incrementGuarded("text")).isEqualTo(
				new Guarded(false, OptionalLong.empty(), Optional.of("ERR value is not an integer or out of range")));
		assertThat(this.counters.incrementGuarded("list").error()).hasValueSatisfying((error) -> assertThat(error)
			.isEqualTo("WRONGTYPE Operation against a key holding the wrong kind of value"));
	}

	@Test
	void sumsTwoCountersExactly() {
		set("{page:home}:web", "9007199254740993");
		set("{page:home}:app", "-1");
		assertThat(this.counters.sum("home")).isEqualTo(9007199254740992L);
		set("{page:home}:app", "100000000000000000");
		assertThat(this.counters.sum("home")).isEqualTo(109007199254740993L);
		assertThat(get("{page:home}:all")).isEqualTo("109007199254740993");
	}

	@Test
	void missingCountersAreZeroInASum() {
		assertThat(this.counters.sum("home")).isZero();
		set("{page:home}:app", "5");
		assertThat(this.counters.sum("home")).isEqualTo(5);
	}

	@Test
	void refusesToSumText() {
		set("{page:home}:web", "5");
		set("{page:home}:app", "many");
		set("{page:home}:all", "7");
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> this.counters.sum("home"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("NOT_A_NUMBER"));
		assertThat(get("{page:home}:all")).isEqualTo("7");
	}

	private void set(String counter, String value) {
		this.redis.execute("SET", "cookbook:" + counter, value);
	}

	private Object get(String counter) {
		return this.redis.execute("GET", "cookbook:" + counter);
	}

	private void expireIn(String counter, long millis) {
		this.redis.execute("PEXPIRE", "cookbook:" + counter, String.valueOf(millis));
	}

	private Long timeToLive(String counter) {
		return (Long) this.redis.execute("PTTL", "cookbook:" + counter);
	}

}
