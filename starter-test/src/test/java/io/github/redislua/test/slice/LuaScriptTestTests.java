package io.github.redislua.test.slice;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.redislua.autoconfigure.LuaScriptsAutoConfiguration.ScriptInfrastructure;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static org.assertj.core.api.Assertions.assertThat;

@LuaScriptTest(properties = "custom.property=custom value")
class LuaScriptTestTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private StringRedisTemplate template;

	@Autowired
	private LocalRedis localRedis;

	@Test
	void hasScriptInfrastructureAndARealRedis() {
		assertThat(this.context.getBean(ScriptInfrastructure.class)).isNotNull();
		this.template.opsForValue().set("slice", "value");
		assertThat(this.localRedis.execute("GET", "slice")).isEqualTo("value");
	}

	@Test
	void hasNothingElseOfTheApplication() {
		assertThat(this.context.getBeanNamesForType(SliceApplication.class)).hasSize(1);
		assertThat(this.context.getBeanNamesForType(SomeService.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(SomeComponent.class)).isEmpty();
	}

	@Test
	void knowsThePackagesOfTheApplication() {
		assertThat(AutoConfigurationPackages.get(this.context)).containsExactly(getClass().getPackageName());
	}

	@Test
	void hasItsProperties(@Autowired Environment environment) {
		assertThat(environment.getProperty("custom.property")).isEqualTo("custom value");
	}

	@Test
	void hasAJsonMapper() {
		assertThat(this.context.getBeanDefinitionNames())
			.anyMatch((name) -> name.equals("jacksonObjectMapper") || name.equals("jacksonJsonMapper"));
	}

	@Test
	void hasNoTransaction() {
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
	}

	@Nested
	class Inside {

		@Test
		void isTheSame(@Autowired ApplicationContext inner) {
			assertThat(inner).isSameAs(LuaScriptTestTests.this.context);
			assertThat(inner.getBeanNamesForType(SomeComponent.class)).isEmpty();
		}

	}

}
