package io.github.redislua.samples.cookbook.sessions;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@LuaScriptTest
class SessionsTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final String KEY = "cookbook:{user:ada}:session:s1";

	private static final String GENERATION = "cookbook:{user:ada}:generation";

	@Autowired
	private Sessions sessions;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clean() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void aSessionIsCreatedOnce() {
		assertThat(this.sessions.create("ada", "s1", HOUR, Map.of("cart", "7"))).isTrue();
		assertThat(this.sessions.create("ada", "s1", HOUR, Map.of("cart", "8"))).isFalse();
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).contains(Map.of("cart", "7"));
	}

	@Test
	void aSessionWithoutAttributesIsThereToo() {
		assertThat(this.sessions.create("ada", "s1", HOUR, Map.of())).isTrue();
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).contains(Map.of());
	}

	@Test
	void readingLetsASessionLiveLonger() {
		this.sessions.create("ada", "s1", Duration.ofSeconds(5), Map.of("cart", "7"));
		assertThat(ttl()).isBetween(1L, 5_000L);
		this.sessions.readAndTouch("ada", "s1", HOUR);
		assertThat(ttl()).isBetween(3_500_000L, 3_600_000L);
	}

	@Test
	void anUpdateDoesNot() {
		this.sessions.create("ada", "s1", Duration.ofMinutes(1), Map.of("cart", "7", "lang", "de"));
		assertThat(this.sessions.update("ada", "s1", Map.of("cart", "8"))).isTrue();
		assertThat(ttl()).isBetween(1L, 60_000L);
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).contains(Map.of("cart", "8", "lang", "de"));
	}

	@Test
	void aSessionThatIsNotThereIsNeitherReadNorUpdatedNorDestroyed() {
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).isEmpty();
		assertThat(this.sessions.update("ada", "s1", Map.of("cart", "8"))).isFalse();
		assertThat(this.sessions.destroy("ada", "s1")).isFalse();
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(0L);
	}

	@Test
	void aDestroyedSessionCanBeCreatedAgain() {
		this.sessions.create("ada", "s1", HOUR, Map.of("cart", "7"));
		assertThat(this.sessions.destroy("ada", "s1")).isTrue();
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).isEmpty();
		assertThat(this.sessions.create("ada", "s1", HOUR, Map.of("lang", "de"))).isTrue();
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).contains(Map.of("lang", "de"));
	}

	@Test
	void allSessionsOfAUserAreDestroyedAtOnceAndNobodyElses() {
		this.sessions.create("ada", "s1", HOUR, Map.of("cart", "7"));
		this.sessions.create("ada", "s2", HOUR, Map.of("cart", "8"));
		this.sessions.create("bob", "s1", HOUR, Map.of("cart", "9"));
		this.sessions.destroyAll("ada");
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).isEmpty();
		assertThat(this.sessions.update("ada", "s2", Map.of("cart", "1"))).isFalse();
		assertThat(this.sessions.destroy("ada", "s2")).isFalse();
		assertThat(this.sessions.readAndTouch("bob", "s1", HOUR)).contains(Map.of("cart", "9"));
		assertThat(this.sessions.create("ada", "s1", HOUR, Map.of("lang", "de"))).isTrue();
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).contains(Map.of("lang", "de"));
	}

	@Test
	void aDestroyedSessionDoesNotComeBackWhenTheServerForgetsThat() {
		this.sessions.create("ada", "s1", HOUR, Map.of("cart", "7"));
		this.sessions.create("ada", "s2", HOUR, Map.of("cart", "8"));
		this.sessions.destroyAll("ada");
		this.sessions.create("ada", "s2", HOUR, Map.of("cart", "9"));
		this.redis.execute("DEL", GENERATION);
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).isEmpty();
		assertThat(this.sessions.readAndTouch("ada", "s2", HOUR)).as("logged out, too").isEmpty();
		this.sessions.create("ada", "s3", HOUR, Map.of());
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).isEmpty();
		assertThat(this.sessions.readAndTouch("ada", "s2", HOUR)).isEmpty();
	}

	@Test
	void whatSessionsHaveInCommonLivesAsLongAsTheLast() {
		this.sessions.create("ada", "s1", HOUR, Map.of());
		this.sessions.create("ada", "s2", Duration.ofMinutes(1), Map.of());
		assertThat(ttl(GENERATION)).isBetween(3_500_000L, 3_600_000L);
		this.sessions.readAndTouch("ada", "s2", Duration.ofHours(2));
		assertThat(ttl(GENERATION)).isBetween(7_000_000L, 7_200_000L);
		this.sessions.readAndTouch("ada", "s2", Duration.ofMinutes(1));
		assertThat(ttl(GENERATION)).isBetween(7_000_000L, 7_200_000L);
	}

	@Test
	void aSessionLivesForSomeTime() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sessions.create("ada", "s1", Duration.ZERO, Map.of("cart", "7")))
			.withMessageContaining("at least a millisecond");
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(0L);
		this.sessions.create("ada", "s1", HOUR, Map.of("cart", "7"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sessions.readAndTouch("ada", "s1", Duration.ofMillis(-1)));
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).contains(Map.of("cart", "7"));
	}

	@Test
	void anAttributeHasAName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sessions.create("ada", "s1", HOUR, Map.of("cart", "7", "", "8")))
			.withMessageContaining("an attribute has a name");
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(0L);
		this.sessions.create("ada", "s1", HOUR, Map.of("cart", "7"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sessions.update("ada", "s1", Map.of("cart", "8", "", "9")));
		assertThat(this.sessions.readAndTouch("ada", "s1", HOUR)).contains(Map.of("cart", "7"));
	}

	@Test
	void fitsItsScripts() {
		assertThatScripts(Sessions.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	private long ttl() {
		return ttl(KEY);
	}

	private long ttl(String key) {
		return (Long) this.redis.execute("PTTL", key);
	}

}
