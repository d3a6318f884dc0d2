package io.github.redislua.tests.slice;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

import io.github.redislua.LuaScripts;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The slice as an application uses it, together with the real auto-configuration.
 */
@LuaScriptTest
class LuaScriptTestSliceTests {

	@Autowired
	private Counters counters;

	@Autowired
	private LuaScripts scripts;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clean() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void aRepositoryIsThereAndCallsItsScript() {
		assertThat(this.counters.add("slice", 3)).isEqualTo(3);
		assertThat(this.redis.execute("GET", "slice")).isEqualTo("3");
	}

	@Test
	void scriptsAreListedAndLoaded() {
		assertThat(this.scripts.definitions()).extracting("name").contains("slice_add");
		this.scripts.preload();
		assertThat(exists("slice_add")).isTrue();
		assertThat(this.scripts.preload().values()).containsExactly(0);
	}

	@Test
	void callsGoOnAfterARestartOfTheServer() {
		this.redis.restart();
		assertThat(exists("slice_add")).isFalse();
		assertThat(this.counters.add("slice", 1)).isEqualTo(1);
		assertThat(exists("slice_add")).isTrue();
	}

	@Test
	void noOtherComponentIsThere(@Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(SliceApplication.class)).hasSize(1);
		assertThat(context.getBeanNamesForType(Counters.class)).containsExactly("counters");
		assertThat(context.getBeanNamesForType(CounterService.class)).isEmpty();
	}

	private boolean exists(String script) {
		return List.of(1L).equals(this.redis.execute("SCRIPT", "EXISTS", this.scripts.definition(script).sha1()));
	}

	@Nested
	@LuaScriptTest(properties = "redis-lua.key-prefix=app:",
			includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = CounterService.class))
	class WithAServiceOfTheApplication {

		@Test
		void theServiceCallsTheScript(@Autowired CounterService service, @Autowired LocalRedis redis) {
			assertThat(service.countUp("slice")).isEqualTo(1);
			assertThat(redis.execute("GET", "app:slice")).isEqualTo("1");
		}

	}

}
