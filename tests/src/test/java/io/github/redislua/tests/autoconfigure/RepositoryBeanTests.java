package io.github.redislua.tests.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScripts;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.autoconfigure.beans.BeansApplication;
import io.github.redislua.tests.autoconfigure.beans.EnabledBeans;
import io.github.redislua.tests.autoconfigure.beans.First;
import io.github.redislua.tests.autoconfigure.beans.Fresh;
import io.github.redislua.tests.autoconfigure.beans.Misplaced;
import io.github.redislua.tests.autoconfigure.beans.Second;
import io.github.redislua.tests.autoconfigure.beans.Store;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interfaces as beans among others, whether the scan is automatic or
 * {@code @EnableLuaScripts} asks for it.
 */
@ExtendWith(OutputCaptureExtension.class)
class RepositoryBeanTests {

	private static final List<Class<?>> NAMED_LIKE_OTHERS = List.of(
			io.github.redislua.tests.autoconfigure.beans.LuaScripts.class,
			io.github.redislua.tests.autoconfigure.beans.LuaRepositories.class,
			io.github.redislua.tests.autoconfigure.beans.LuaRepositoryFactory.class,
			io.github.redislua.tests.autoconfigure.beans.LuaScriptParts.class,
			io.github.redislua.tests.autoconfigure.beans.StringRedisTemplate.class);

	private static LocalRedis redis;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { BeansApplication.class, EnabledBeans.class })
	void anInterfaceNamedLikeABeanOfTheLibraryOrOfSpringBootHasTheNameOfItsClass(Class<?> application) {
		Lines.runner(redis).withUserConfiguration(application).run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(LuaScripts.class)
				.hasSingleBean(LuaRepositoryFactory.class);
			for (Class<?> repository : NAMED_LIKE_OTHERS) {
				assertThat(context.getBeanNamesForType(repository)).containsExactly(repository.getName());
			}
			assertThat(context.getBean(io.github.redislua.tests.autoconfigure.beans.LuaScripts.class).whose())
				.isEqualTo("mine");
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { BeansApplication.class, EnabledBeans.class })
	void theAnnotationsOfABeanAreHonoured(Class<?> application) {
		Lines.runner(redis).withUserConfiguration(application).withBean(Injected.class).run((context) -> {
			assertThat(context).hasNotFailed();
			ConfigurableListableBeanFactory beans = context.getSourceApplicationContext().getBeanFactory();
			BeanDefinition first = beans.getBeanDefinition("first");
			assertThat(first.isPrimary()).isTrue();
			assertThat(first.getRole()).isEqualTo(BeanDefinition.ROLE_SUPPORT);
			assertThat(first.getDescription()).isEqualTo("The first store");
			BeanDefinition second = beans.getBeanDefinition("second");
			assertThat(second.isFallback()).isTrue();
			assertThat(second.isLazyInit()).isTrue();
			assertThat(second.getDependsOn()).containsExactly("stringRedisTemplate");
			assertThat(beans.containsSingleton("second")).as("lazy").isFalse();
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.store.which()).isEqualTo("first");
			assertThat(injected.spare.which()).isEqualTo("second");
			assertThat(context.getBeanProvider(Store.class).orderedStream().map(Store::which)).containsExactly("second",
					"first");
			assertThat(context.getBean(First.class)).isSameAs(context.getBean(First.class));
			assertThat(context.getBean(Fresh.class)).isNotSameAs(context.getBean(Fresh.class));
			assertThat(context.getBean(Second.class).which()).isEqualTo("second");
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { BeansApplication.class, EnabledBeans.class })
	void aScriptOnTheMethodOfAClassIsAWarningThatNamesIt(Class<?> application, CapturedOutput output) {
		Lines.runner(redis)
			.withUserConfiguration(application)
			.run((context) -> assertThat(output).containsOnlyOnce(
					Misplaced.class.getName() + ".inAClass has @LuaScript, but it is the method of a class, "
							+ "and runs no script. Declare it in an interface, or remove @LuaScript"));
	}

	static class Injected {

		@Autowired
		Store store;

		@Autowired
		@Qualifier("spare")
		@org.springframework.context.annotation.Lazy
		Store spare;

	}

}
