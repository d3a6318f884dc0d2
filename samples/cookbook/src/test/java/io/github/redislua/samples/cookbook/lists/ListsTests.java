package io.github.redislua.samples.cookbook.lists;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.samples.cookbook.lists.Lists.Pushed;
import io.github.redislua.samples.cookbook.lists.Lists.Summary;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class ListsTests {

	private static final String KEY = "cookbook:queue";

	@Autowired
	private Lists lists;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clear() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void interfaceFitsItsScripts() {
		assertThatScripts(Lists.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void rotates() {
		fill("a", "b", "c");
		assertThat(this.lists.rotate("queue")).hasValue("c");
		assertThat(this.lists.rotate("queue")).hasValue("b");
		assertThat(elements()).isEqualTo(List.of("b", "c", "a"));
	}

	@Test
	void rotatesNothingThatIsNotThere() {
		assertThat(this.lists.rotate("queue")).isEmpty();
		assertThat(this.redis.execute("EXISTS", KEY)).isEqualTo(0L);
	}

	@Test
	void rotatesASingleElementWithoutLosingTheTimeToLive() {
		fill("a");
		this.redis.execute("EXPIRE", KEY, "1000");
		assertThat(this.lists.rotate("queue")).hasValue("a");
		assertThat((Long) this.redis.execute("TTL", KEY)).isBetween(900L, 1000L);
	}

	@Test
	void rotatesNothingButLists() {
		this.redis.execute("SET", KEY, "a");
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> this.lists.rotate("queue"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("WRONGTYPE"));
	}

	@Test
	void popsWhileThereAreMoreThanTheMinimum() {
		fill("a", "b", "c");
		assertThat(this.lists.popAbove("queue", 1)).hasValue("a");
		assertThat(this.lists.popAbove("queue", 1)).hasValue("b");
		assertThat(this.lists.popAbove("queue", 1)).isEmpty();
		assertThat(elements()).isEqualTo(List.of("c"));
	}

	@Test
	void popsNothingThatIsNotThere() {
		assertThat(this.lists.popAbove("queue", 0)).isEmpty();
		assertThat(this.lists.popAbove("queue", -1)).isEmpty();
	}

	@Test
	void ringKeepsTheNewest() {
		assertThat(this.lists.appendToRing("queue", "a", 2)).isEqualTo(1);
		assertThat(this.lists.appendToRing("queue", "b", 2)).isEqualTo(2);
		assertThat(this.lists.appendToRing("queue", "c", 2)).isEqualTo(2);
		assertThat(elements()).isEqualTo(List.of("b", "c"));
	}

	@Test
	void ringMayGetSmaller() {
		fill("a", "b", "c", "d");
		assertThat(this.lists.appendToRing("queue", "e", 2)).isEqualTo(2);
		assertThat(elements()).isEqualTo(List.of("d", "e"));
	}

	@Test
	void ringHoldsAtLeastOne() {
		fill("a");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.lists.appendToRing("queue", "b", 0))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_CAPACITY"));
		assertThat(elements()).isEqualTo(List.of("a"));
	}

	@Test
	void pushesAndSaysWhatFellOut() {
		fill("b", "a");
		assertThat(this.lists.push("queue", "c", 3, 10)).isEqualTo(new Pushed(3, List.of()));
		assertThat(this.lists.push("queue", "d", 3, 10)).isEqualTo(new Pushed(3, List.of("a")));
		assertThat(this.lists.push("queue", "e", 1, 10)).isEqualTo(new Pushed(1, List.of("b", "c", "d")));
	}

	@Test
	void pushesToAListThatIsNotThere() {
		assertThat(this.lists.push("queue", "a", 1, 10)).isEqualTo(new Pushed(1, List.of()));
	}

	@Test
	void pushRemovesNoMoreAtOnceThanItMay() {
		fill("d", "c", "b", "a");
		assertThat(this.lists.push("queue", "e", 1, 2)).isEqualTo(new Pushed(3, List.of("a", "b")));
	}

	@Test
	void pushesNothingWhereNothingMayBe() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.lists.push("queue", "a", 0, 10))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_LIMIT"));
		assertThat(this.redis.execute("EXISTS", KEY)).isEqualTo(0L);
	}

	@Test
	void summarizesWithFractions() {
		fill("10", "0.1", "0.2", "-5", "0");
		assertThat(this.lists.summarizeAbove("queue", BigDecimal.ZERO, 5))
			.isEqualTo(new Summary(3, new BigDecimal("10.3")));
		assertThat(this.lists.summarizeAbove("queue", new BigDecimal("0.15"), 5))
			.isEqualTo(new Summary(2, new BigDecimal("10.2")));
	}

	@Test
	void summarizesMoreThanItHoldsInMemory() {
		String[] numbers = new String[2500];
		Arrays.fill(numbers, "2");
		fill(numbers);
		assertThat(this.lists.summarizeAbove("queue", BigDecimal.ONE, 2500))
			.isEqualTo(new Summary(2500, new BigDecimal("5000")));
	}

	@Test
	void summarizesNothingThatIsNotThere() {
		assertThat(this.lists.summarizeAbove("queue", BigDecimal.ZERO, 5)).isEqualTo(new Summary(0, BigDecimal.ZERO));
	}

	@Test
	void summarizesNeitherLongListsNorText() {
		fill("1", "two", "3");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.lists.summarizeAbove("queue", BigDecimal.ZERO, 2))
			.satisfies((ex) -> assertThat(ex.getError()).isEqualTo("3 elements, at most 2"));
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.lists.summarizeAbove("queue", BigDecimal.ZERO, 3))
			.satisfies((ex) -> assertThat(ex.getError()).isEqualTo("element 1 is \"two\""));
	}

	private void fill(String... elements) {
		String[] command = new String[elements.length + 2];
		command[0] = "RPUSH";
		command[1] = KEY;
		System.arraycopy(elements, 0, command, 2, elements.length);
		this.redis.execute(command);
	}

	private Object elements() {
		return this.redis.execute("LRANGE", KEY, "0", "-1");
	}

}
