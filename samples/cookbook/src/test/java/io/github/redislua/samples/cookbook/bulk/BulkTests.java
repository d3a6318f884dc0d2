package io.github.redislua.samples.cookbook.bulk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScripts;
import io.github.redislua.samples.cookbook.bulk.Bulk.Entry;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class BulkTests {

	@Autowired
	private Bulk bulk;

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
		assertThatScripts(Bulk.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void findsWhatIsThere() {
		this.bulk.setAll("acme", Map.of("a", "1", "c", "3"));
		assertThat(this.bulk.findExisting("acme", List.of("a", "b", "c", "d"))).containsExactly(new Entry("a", "1"),
				new Entry("c", "3"));
		assertThat(this.bulk.findExisting("other", List.of("a", "c"))).isEmpty();
	}

	@Test
	void findsNothingWhereNothingIs() {
		assertThat(this.bulk.findExisting("acme", List.of("a", "b"))).isEmpty();
		assertThat(this.bulk.findExisting("acme", List.of())).isEmpty();
	}

	@Test
	void findsNothingButStrings() {
		this.redis.execute("RPUSH", "cookbook:{tenant:acme}:a", "1");
		assertThat(this.bulk.findExisting("acme", List.of("a"))).isEmpty();
	}

	@Test
	void findsNothingWithoutANameForEachKey() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.scripts.execute("bulk/find_existing", List.class, List.of("{t}:a", "{t}:b"), "a"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("NAMES_DO_NOT_FIT"));
	}

	@Test
	void setsAThousandKeysInOneCall() {
		assertThat(this.bulk.setAll("acme", values(1000))).isEqualTo(1000);
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(1000L);
		assertThat(this.redis.execute("GET", "cookbook:{tenant:acme}:name-999")).isEqualTo("value-999");
	}

	@Test
	void setsAndFindsMoreThanUnpackTakes() {
		Map<String, String> values = values(12_345);
		assertThat(this.bulk.setAll("acme", values)).isEqualTo(12_345);
		List<Entry> found = this.bulk.findExisting("acme", List.copyOf(values.keySet()));
		assertThat(found).hasSize(12_345)
			.allSatisfy((entry) -> assertThat(entry.value()).isEqualTo(values.get(entry.name())));
	}

	@Test
	void setsWhatIsThereAndWhatIsNot() {
		this.bulk.setAll("acme", Map.of("a", "1"));
		assertThat(this.bulk.setAll("acme", Map.of("a", "2", "b", "3"))).isEqualTo(2);
		assertThat(this.bulk.setAll("acme", Map.of())).isZero();
		assertThat(this.bulk.findExisting("acme", List.of("a", "b"))).containsExactly(new Entry("a", "2"),
				new Entry("b", "3"));
	}

	@Test
	void setsNoKeyAtAllIfOneHasNoValue() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.bulk.setAll("acme", List.of("a", "b"), List.of("1")))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("VALUES_DO_NOT_FIT"));
		assertThat(this.redis.execute("DBSIZE")).isEqualTo(0L);
	}

	private static Map<String, String> values(int count) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			values.put("name-" + i, "value-" + i);
		}
		return values;
	}

}
