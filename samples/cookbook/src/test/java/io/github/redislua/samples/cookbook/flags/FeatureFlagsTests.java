package io.github.redislua.samples.cookbook.flags;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class FeatureFlagsTests {

	@Autowired
	private FeatureFlags flags;

	@BeforeEach
	void clear(@Autowired LocalRedis redis) {
		redis.execute("FLUSHALL");
	}

	@Test
	void interfaceFitsItsScripts() {
		assertThatScripts(FeatureFlags.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void isOnForEverybodyOrNobody() {
		this.flags.configure("search", true, 100);
		this.flags.configure("chat", true, 0);
		assertThat(users("search")).hasSize(1000);
		assertThat(users("chat")).isEmpty();
	}

	@Test
	void isOffIfItIsNotThere() {
		assertThat(this.flags.isOn("search", "ann")).isFalse();
		this.flags.allow("search", "ann");
		assertThat(this.flags.isOn("search", "ann")).isFalse();
	}

	@Test
	void isOnForUsersOnTheList() {
		this.flags.configure("search", true, 0);
		assertThat(this.flags.allow("search", "ann")).isTrue();
		assertThat(this.flags.allow("search", "ann")).isFalse();
		assertThat(this.flags.isOn("search", "ann")).isTrue();
		assertThat(this.flags.isOn("search", "bob")).isFalse();
	}

	@Test
	void isOffForAllOnceItIsSwitchedOff() {
		this.flags.allow("search", "ann");
		this.flags.configure("search", false, 100);
		assertThat(users("search")).isEmpty();
		assertThat(this.flags.isOn("search", "ann")).isFalse();
	}

	@Test
	void isOnForAboutAsManyAsTheRolloutSays() {
		this.flags.configure("search", true, 20);
		// Users 1 to 1000 are always the same ones, and so is their number.
		assertThat(users("search")).hasSizeBetween(160, 240);
	}

	@Test
	void nobodyLosesAFeatureWhenTheRolloutGrows() {
		this.flags.configure("search", true, 20);
		Set<String> before = users("search");
		this.flags.configure("search", true, 50);
		assertThat(users("search")).containsAll(before).hasSizeGreaterThan(before.size());
		this.flags.configure("search", true, 20);
		assertThat(users("search")).isEqualTo(before);
	}

	@Test
	void otherFeaturesAreOnForOtherUsers() {
		this.flags.configure("search", true, 20);
		this.flags.configure("chat", true, 20);
		Set<String> both = users("search");
		both.retainAll(users("chat"));
		assertThat(both).hasSizeBetween(10, 80);
	}

	@Test
	void refusesARolloutThatIsNoPercentage() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.flags.configure("search", true, 101))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_ROLLOUT"));
		assertThat(this.flags.isOn("search", "ann")).isFalse();
	}

	private Set<String> users(String flag) {
		return IntStream.rangeClosed(1, 1000)
			.mapToObj((number) -> "user-" + number)
			.filter((user) -> this.flags.isOn(flag, user))
			.collect(Collectors.toSet());
	}

}
