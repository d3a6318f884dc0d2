package io.github.redislua.samples.cookbook.versions;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.LuaScripts;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@LuaScriptTest
class VersionedCountersTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	@Autowired
	private VersionedCounters counters;

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
		assertThatScripts(VersionedCounters.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void bothVersionsCountTogether() {
		assertThat(this.counters.incrementV1("visits")).isEqualTo(1);
		assertThat(this.counters.last("visits")).isEmpty();
		assertThat(this.counters.incrementV2("visits", NOON)).isEqualTo(2);
		assertThat(this.counters.incrementV1("visits")).isEqualTo(3);
		assertThat(this.counters.last("visits")).hasValue(NOON.toEpochMilli());
	}

	@Test
	void versionIsChosenAtRunTime() {
		assertThat(this.counters.increment(1, "visits", NOON)).isEqualTo(1);
		assertThat(this.counters.increment(2, "visits", NOON)).isEqualTo(2);
		assertThatIllegalArgumentException().isThrownBy(() -> this.counters.increment(3, "visits", NOON));
	}

	@Test
	void versionIsCalledByName() {
		List<String> keys = List.of("cookbook:{counter:visits}:value", "cookbook:{counter:visits}:last");
		assertThat(this.scripts.execute("versions/increment/v1", Long.class, keys.subList(0, 1))).isEqualTo(1);
		assertThat(this.scripts.execute("versions/increment/v2", Long.class, keys, NOON)).isEqualTo(2);
		assertThat(this.counters.last("visits")).hasValue(NOON.toEpochMilli());
		assertThatExceptionOfType(LuaScriptNotFoundException.class)
			.isThrownBy(() -> this.scripts.execute("versions/increment/v3", Long.class, keys))
			.satisfies((ex) -> assertThat(ex.getNearestNames()).contains("versions/increment/v1",
					"versions/increment/v2"));
	}

	@Test
	void bothVersionsAreLoaded() {
		String v1 = this.scripts.definition("versions/increment/v1").sha1();
		String v2 = this.scripts.definition("versions/increment/v2").sha1();
		assertThat(v1).isNotEqualTo(v2);
		this.scripts.preload();
		assertThat(this.redis.execute("SCRIPT", "EXISTS", v1, v2)).isEqualTo(List.of(1L, 1L));
	}

	@Test
	void neitherVersionCountsWhatIsNoNumber() {
		this.redis.execute("SET", "cookbook:{counter:visits}:value", "many");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.counters.incrementV1("visits"))
			.withMessageContaining("lua/versions/increment/v1.lua:8");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.counters.incrementV2("visits", NOON))
			.withMessageContaining("lua/versions/increment/v2.lua:10");
		assertThat(this.counters.last("visits")).isEmpty();
	}

}
