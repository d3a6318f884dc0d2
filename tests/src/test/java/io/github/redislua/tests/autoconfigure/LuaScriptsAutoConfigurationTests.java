package io.github.redislua.tests.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.stereotype.Component;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptDefinition;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.LuaScripts;
import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.EnableLuaScripts;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.autoconfigure.LuaScriptsAutoConfiguration;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint.LuaScriptDescriptor;
import io.github.redislua.autoconfigure.LuaScriptsEndpointAutoConfiguration;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.autoconfigure.app.Application;
import io.github.redislua.tests.autoconfigure.app.Base;
import io.github.redislua.tests.autoconfigure.app.Generic;
import io.github.redislua.tests.autoconfigure.app.GenericBase;
import io.github.redislua.tests.autoconfigure.app.Inheriting;
import io.github.redislua.tests.autoconfigure.app.Named;
import io.github.redislua.tests.autoconfigure.app.NoRepository;
import io.github.redislua.tests.autoconfigure.app.Plain;
import io.github.redislua.tests.autoconfigure.names.NamesApplication;
import io.github.redislua.tests.autoconfigure.names.left.Counter;
import io.github.redislua.tests.autoconfigure.other.EnabledHere;
import io.github.redislua.tests.autoconfigure.other.Other;
import io.github.redislua.tests.two.OnTwo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests of {@link LuaScriptsAutoConfiguration} with a real Redis.
 */
@ExtendWith(OutputCaptureExtension.class)
class LuaScriptsAutoConfigurationTests {

	private static final String SCRIPTS = "redis-lua.locations=classpath:scripts/app/";

	private static LocalRedis redis;

	private static LocalRedis second;

	private final ApplicationContextRunner runner = Lines.runner(redis).withPropertyValues(SCRIPTS);

	private final ApplicationContextRunner application = this.runner.withUserConfiguration(Application.class);

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
		second = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
		second.close();
	}

	@BeforeEach
	void clean() {
		for (LocalRedis server : List.of(redis, second)) {
			server.execute("FLUSHALL");
			server.execute("SCRIPT", "FLUSH");
		}
	}

	private static String driver(String name) {
		return "spring.data.redis.client-type=" + name;
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void anInterfaceWithScriptsIsABean(String driver) {
		this.application.withPropertyValues(driver(driver)).run((context) -> {
			assertThat(context).hasNotFailed().hasBean("plain").hasSingleBean(Plain.class);
			assertThat(context.getBean(RedisConnectionFactory.class).getClass().getSimpleName())
				.isEqualToIgnoringCase(driver + "ConnectionFactory");
			assertThat(context.getBean(Plain.class).add("n", 3)).isEqualTo(3);
			assertThat(redis.execute("GET", "n")).isEqualTo("3");
		});
	}

	@Test
	void anAnnotatedInterfaceIsABeanOfTheNameItSays() {
		this.application
			.run((context) -> assertThat(context.getBeanNamesForType(Named.class)).containsExactly("theNamedOne"));
	}

	@Test
	void anInterfaceThatInheritsItsScriptsIsABean() {
		this.application.run((context) -> {
			assertThat(context.getBeanNamesForType(Inheriting.class)).containsExactly("inheriting");
			assertThat(context.getBean(Inheriting.class).twice()).isEqualTo("pongpong");
		});
	}

	@Test
	void anInterfaceThatOthersExtendIsNoBeanOfItsOwn() {
		this.application
			.run((context) -> assertThat(context.getBeanNamesForType(Base.class)).containsExactly("inheriting"));
	}

	@Test
	void aGenericInterfaceIsNoBeanOfItsOwn() {
		this.application.run((context) -> {
			assertThat(context.getBeanNamesForType(GenericBase.class)).containsExactly("generic");
			assertThat(context.getBean(Generic.class).echo(7)).isEqualTo(7);
		});
	}

	@Test
	void anInterfaceWithoutScriptsIsNoBean() {
		this.application.run((context) -> assertThat(context).doesNotHaveBean(NoRepository.class));
	}

	@Test
	void aBeanOfTheApplicationIsTakenInstead() {
		Plain own = new OwnPlain();
		this.application.withBean("own", Plain.class, () -> own).run((context) -> {
			assertThat(context.getBeanNamesForType(Plain.class)).containsExactly("own");
			assertThat(context.getBean(Plain.class)).isSameAs(own);
			assertThat(context.getBean(LuaScripts.class).definitions()).extracting(LuaScriptDefinition::name)
				.contains("Inheriting.ping")
				.noneMatch((name) -> name.startsWith("Plain."));
		});
	}

	@Test
	void aBeanMethodOfTheApplicationIsTakenInstead() {
		this.application.withUserConfiguration(OwnPlainConfiguration.class)
			.run((context) -> assertThat(context.getBean(Plain.class)).isInstanceOf(OwnPlain.class));
	}

	@ParameterizedTest
	@ValueSource(classes = { Application.class, EnabledForTheApplication.class })
	void aPrimaryBeanCanDecorateAnInterface(Class<?> configuration) {
		this.runner.withUserConfiguration(configuration, Decorator.class).run((context) -> {
			assertThat(context).hasNotFailed().hasBean("plain");
			assertThat(context.getBean(Plain.class)).isInstanceOf(Decorator.class);
			assertThat(context.getBean(Plain.class).add("n", 3)).isEqualTo(103);
			assertThat(redis.execute("GET", "n")).isEqualTo("3");
		});
	}

	@Test
	void infrastructureOfTheApplicationIsTakenInstead() {
		this.application.withUserConfiguration(OwnFactoryConfiguration.class).run((context) -> {
			assertThat(context).hasSingleBean(LuaRepositoryFactory.class);
			assertThat(context.getBean(Plain.class).key("k")).isEqualTo("own:k");
		});
	}

	@Test
	void interfacesOfOneNameAreBeansOfTheirOwn(CapturedOutput output) {
		this.runner.withUserConfiguration(NamesApplication.class).run(this::hasBothCounters);
		assertThat(output).containsOnlyOnce(
				"The bean of " + io.github.redislua.tests.autoconfigure.names.right.Counter.class.getName()
						+ " has the name of its class: there is another bean 'counter'");
		this.runner.withUserConfiguration(EnabledForNames.class, EnabledForNamesAgain.class).run(this::hasBothCounters);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(RedisConnectionFactory.class, () -> connect(redis, "lettuce"));
			context.register(EnabledForNames.class, EnabledForNamesAgain.class);
			context.refresh();
			hasBothCounters(context);
		}
	}

	private void hasBothCounters(ApplicationContext context) {
		assertThat(context.getBeanNamesForType(Counter.class)).containsExactly("counter");
		assertThat(context.getBean(Counter.class).side()).isEqualTo("left");
		String right = io.github.redislua.tests.autoconfigure.names.right.Counter.class.getName();
		assertThat(context.getBeanNamesForType(io.github.redislua.tests.autoconfigure.names.right.Counter.class))
			.containsExactly(right);
		assertThat(context.getBean(io.github.redislua.tests.autoconfigure.names.right.Counter.class).side())
			.isEqualTo("right");
	}

	@ParameterizedTest
	@ValueSource(classes = { NamesApplication.class, EnabledForNames.class })
	void aBeanOfAnotherTypeDoesNotReplaceAnInterfaceOfItsName(Class<?> configuration) {
		this.runner.withBean("counter", Money.class, () -> new Money(1, "EUR"))
			.withUserConfiguration(configuration)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(Money.class);
				assertThat(context.getBeanNamesForType(Counter.class)).containsExactly(Counter.class.getName());
				assertThat(context.getBean(Counter.class).side()).isEqualTo("left");
				assertThat(context).hasSingleBean(io.github.redislua.tests.autoconfigure.names.right.Counter.class);
			});
	}

	@Test
	void aBeanOfTheApplicationIsTakenInsteadOfWhatEnableLuaScriptsFindsOfItsName() {
		Plain own = new OwnPlain();
		this.runner.withBean("plain", Plain.class, () -> own)
			.withUserConfiguration(EnabledForTheApplication.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanNamesForType(Plain.class)).containsExactly("plain");
				assertThat(context.getBean(Plain.class)).isSameAs(own);
			});
	}

	@Test
	void theNameOfABeanIsNotInherited() {
		this.runner.withInitializer(nested("shared")).withUserConfiguration(Nested.class).run((context) -> {
			assertThat(context).hasNotFailed().hasBean("shared");
			assertThat(context.getBean("shared", Shared.class).one()).isOne();
			assertThat(context.getBeanNamesForType(Sharing.class))
				.containsExactly("luaScriptsAutoConfigurationTests.Sharing");
			assertThat(context.getBean(Sharing.class).two()).isEqualTo(2);
			assertThat(context.getBean(Sharing.class).one()).isOne();
		});
	}

	@Test
	void aNameThatIsGivenGoesBeforeADefaultOne() {
		this.runner.withInitializer(nested("given")).withUserConfiguration(Nested.class).run((context) -> {
			assertThat(context.getBeanNamesForType(Given.class)).containsExactly(Given.class.getName());
			assertThat(context.getBeanNamesForType(Giving.class))
				.containsExactly("luaScriptsAutoConfigurationTests.Given");
		});
	}

	@Test
	void aNameThatIsGivenTwiceIsAnError() {
		this.runner.withInitializer(nested("twice")).withUserConfiguration(Nested.class).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(LuaScriptDefinitionException.class)
				.hasMessage(Twice2.class.getName() + ": its bean cannot be named 'twice': that is the bean of "
						+ Twice1.class.getName()
						+ ". Give one of them another name: @LuaRepository(beanName = \"...\")");
		});
	}

	@Test
	void aNameThatIsGivenAndThatAnotherBeanHasIsAnError() {
		this.runner.withInitializer(nested("shared"))
			.withBean("shared", Money.class, () -> new Money(1, "EUR"))
			.withUserConfiguration(Nested.class)
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).isInstanceOf(LuaScriptDefinitionException.class)
					.hasMessage(Shared.class.getName() + ": its bean cannot be named 'shared': that is a bean of type "
							+ Money.class.getName()
							+ ". Give one of them another name: @LuaRepository(beanName = \"...\")");
			});
	}

	@Test
	void withoutPackagesNothingIsScanned() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(LuaScripts.class).doesNotHaveBean(Plain.class);
			assertThat(context.getBean(LuaScripts.class).execute("autoconfigure/greet", String.class, List.of(), "x"))
				.isEqualTo("hello x");
		});
	}

	@Test
	void itCanBeSwitchedOff() {
		this.application.withPropertyValues("redis-lua.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(LuaScripts.class).doesNotHaveBean(Plain.class);
			assertThat(context).doesNotHaveBean(LuaRepositoryFactory.class);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis-lua.enabled=false", "redis-lua.enabled=FALSE" })
	void itCanBeSwitchedOffInSpiteOfEnableLuaScripts(String property) {
		this.application.withUserConfiguration(EnabledForTheApplication.class)
			.withPropertyValues(property)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(LuaScripts.class).doesNotHaveBean(Plain.class);
				assertThat(context).doesNotHaveBean(LuaRepositoryFactory.class);
			});
	}

	@Test
	void enableLuaScriptsHasThePropertiesOfSpringBoot() {
		this.application.withUserConfiguration(EnabledForTheApplication.class)
			.withPropertyValues("redis-lua.enabled=true", "redis-lua.key-prefix=app:")
			.run((context) -> assertThat(context.getBean(Plain.class).key("k")).isEqualTo("app:k"));
	}

	@Test
	void enableLuaScriptsWithPackagesReplacesTheScan() {
		this.application.withUserConfiguration(EnabledByPackage.class).run(this::hasOnlyOther);
	}

	@Test
	void enableLuaScriptsWithClassesReplacesTheScan() {
		this.application.withUserConfiguration(EnabledByClass.class).run(this::hasOnlyOther);
	}

	@Test
	void enableLuaScriptsWithoutPackagesMeansItsOwn() {
		this.application.withUserConfiguration(EnabledHere.class).run(this::hasOnlyOther);
	}

	private void hasOnlyOther(ApplicationContext context) {
		assertThat(context.getBeanNamesForType(Plain.class)).isEmpty();
		assertThat(context.getBeanNamesForType(Other.class)).containsExactly("other");
		assertThat(context.getBean(Other.class).other()).isEqualTo("other");
	}

	@Test
	void enableLuaScriptsTwiceAddsUp() {
		this.application.withUserConfiguration(EnabledHere.class, EnabledForTheApplication.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(Plain.class).hasSingleBean(Other.class);
			assertThat(context).hasSingleBean(LuaScripts.class);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void worksWithoutSpringBoot(String driver) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(RedisConnectionFactory.class, () -> connect(redis, driver));
			context.register(EnabledForTheApplication.class);
			System.setProperty("tenant", "acme");
			context.refresh();
			assertThat(context.getBean(Plain.class).add("n", 2)).isEqualTo(2);
			assertThat(context.getBean(Named.class).key("k")).isEqualTo("acme:k");
			assertThat(context.getBean(LuaScripts.class).preload()).containsExactly(entry(node(), 0));
		}
		finally {
			System.clearProperty("tenant");
		}
	}

	@Test
	void locationsAreLookedThrough() {
		this.runner.run((context) -> {
			LuaScripts scripts = context.getBean(LuaScripts.class);
			assertThat(scripts.definitions()).extracting(LuaScriptDefinition::name)
				.containsExactly("autoconfigure/greet");
			LuaScriptDefinition definition = scripts.definition("autoconfigure/greet");
			assertThat(definition.location()).isEqualTo("class path resource [scripts/app/autoconfigure/greet.lua]");
			assertThat(definition.sha1()).matches("[0-9a-f]{40}");
			assertThat(redis.execute("SCRIPT", "EXISTS", definition.sha1())).isEqualTo(List.of(1L));
			assertThat(definition.readOnly()).isFalse();
			assertThat(definition.flags()).isEmpty();
		});
	}

	@Test
	void severalLocationsAreLookedThrough() {
		this.runner.withPropertyValues("redis-lua.locations=classpath:scripts/app/autoconfigure, classpath*:lua/")
			.run((context) -> assertThat(context.getBean(LuaScripts.class).definitions())
				.extracting(LuaScriptDefinition::name)
				.contains("greet", "slice_add"));
	}

	@Test
	void aMissingScriptIsNamed() {
		this.runner.run((context) -> {
			LuaScripts scripts = context.getBean(LuaScripts.class);
			assertThatExceptionOfType(LuaScriptNotFoundException.class).isThrownBy(() -> scripts.definition("gret"))
				.withMessage("There is no Lua script 'gret'. Looked in [classpath:scripts/app/]; "
						+ "did you mean 'autoconfigure/greet'?");
			assertThatExceptionOfType(LuaScriptNotFoundException.class)
				.isThrownBy(() -> scripts.execute("orders", String.class, List.of()))
				.withMessage("There is no Lua script 'orders'. Looked in [classpath:scripts/app/]");
		});
	}

	@Test
	void keyPrefixesAreCombined() {
		this.application.withPropertyValues("redis-lua.key-prefix=app:", "tenant=acme").run((context) -> {
			assertThat(context.getBean(Plain.class).key("k")).isEqualTo("app:k");
			assertThat(context.getBean(Named.class).key("k")).isEqualTo("app:acme:k");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aConnectionFactoryCanBeNamed(String driver) {
		this.runner.withUserConfiguration(TwoServers.class, EnabledForTheApplication.class)
			.withPropertyValues("driver=" + driver, "redis-lua.connection-factory=two")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(Plain.class).add("n", 1);
				assertThat(redis.execute("GET", "n")).isNull();
				assertThat(second.execute("GET", "n")).isEqualTo("1");
				assertThat(context.getBean(LuaScripts.class).preload())
					.containsExactly(entry("127.0.0.1:" + second.getPort(), 0));
			});
	}

	@Test
	void thePrimaryConnectionFactoryIsTaken() {
		this.application.withUserConfiguration(PrimaryServer.class, TwoServers.class)
			.withPropertyValues("driver=lettuce")
			.run((context) -> {
				context.getBean(Plain.class).add("n", 1);
				assertThat(redis.execute("GET", "n")).isNull();
				assertThat(second.execute("GET", "n")).isEqualTo("1");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void repositoriesCanUseDifferentServers(String driver) {
		this.runner.withInitializer(nested("servers"))
			.withUserConfiguration(TwoServers.class, Nested.class)
			.withPropertyValues("driver=" + driver, "redis-lua.connection-factory=one", "the.other=two")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(OnTheDefault.class).add("n", 1);
				context.getBean(OnAnother.class).add("n", 2);
				assertThat(redis.execute("GET", "n")).isEqualTo("1");
				assertThat(second.execute("GET", "n")).isEqualTo("2");
				assertThat(context.getBean(LuaScripts.class).preload()).containsOnly(entry(node(), 0),
						entry("127.0.0.1:" + second.getPort(), 0));
			});
	}

	@Test
	void severalConnectionFactoriesWithoutAPrimaryOneAreAnError() {
		this.application.withUserConfiguration(TwoServers.class).withPropertyValues("driver=lettuce").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(LuaScriptDefinitionException.class)
				.hasMessage("redis-lua.connection-factory: there are several RedisConnectionFactory beans, [one, two], "
						+ "and none of them is primary. Name one in redis-lua.connection-factory or in "
						+ "@LuaRepository(connectionFactory), or mark one @Primary");
		});
	}

	@Test
	void butNotForScriptsThatNoMethodUses(CapturedOutput output) {
		this.runner.withConfiguration(AutoConfigurations.of(LuaScriptsEndpointAutoConfiguration.class))
			.withUserConfiguration(TwoServers.class, OnTwo.Application.class)
			.withPropertyValues("driver=lettuce", "spring.jmx.enabled=true",
					"management.endpoints.jmx.exposure.include=luascripts")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(OnTwo.class).add("n", 2)).isEqualTo(2);
				LuaScripts scripts = context.getBean(LuaScripts.class);
				assertThat(scripts.definitions()).hasSizeGreaterThan(1);
				assertThat(scripts.preload()).containsOnlyKeys("127.0.0.1:" + second.getPort());
				assertThatExceptionOfType(LuaScriptDefinitionException.class)
					.isThrownBy(() -> scripts.execute("autoconfigure/greet", String.class, List.of()))
					.withMessageContaining("none of them is primary");
				LuaScriptDescriptor unused = context.getBean(LuaScriptsEndpoint.class).script("autoconfigure/greet");
				assertThat(unused.nodes()).isEmpty();
				assertThat(unused.warnings()).singleElement()
					.asString()
					.startsWith("Loaded on no server, since no method uses it: redis-lua.connection-factory: ");
				assertThat(output).containsOnlyOnce("Script 'autoconfigure/greet': Loaded on no server")
					.contains("Loaded 1 Lua script (1 new) on 1 node");
			});
	}

	@Test
	void anUnknownConnectionFactoryIsAnError() {
		this.application.withPropertyValues("redis-lua.connection-factory=nowhere").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(LuaScriptDefinitionException.class)
				.hasMessage("redis-lua.connection-factory: there is no RedisConnectionFactory bean 'nowhere'. "
						+ "Name one of these: [redisConnectionFactory]");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void convertersOfTheApplicationAreUsed(String driver) {
		this.runner.withInitializer(nested("values"))
			.withUserConfiguration(Nested.class, Converters.class)
			.withPropertyValues(driver(driver))
			.run((context) -> {
				Values values = context.getBean(Values.class);
				assertThat(values.money(new Money(250, "EUR"))).isEqualTo(new Money(250, "EUR"));
				assertThat(values.moneyText(new Money(250, "EUR"))).isEqualTo("250 EUR");
			});
	}

	@Test
	void anotherTypeIsAnErrorWithoutAConverter() {
		this.runner.withInitializer(nested("values")).withUserConfiguration(Nested.class).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(LuaScriptDefinitionException.class)
				.hasMessageContaining("parameter 'money' cannot be sent")
				.hasMessageContaining("@Arg(json = true)");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void jsonIsTheBusinessOfTheApplicationsMapper(String driver) {
		this.runner.withInitializer(nested("json"))
			.withUserConfiguration(Nested.class)
			.withPropertyValues(driver(driver), "spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> {
				Json json = context.getBean(Json.class);
				assertThat(json.text(new User("Ada"))).isEqualTo("{\"user_name\":\"Ada\"}");
				assertThat(json.user(new User("Ada"))).isEqualTo(new User("Ada"));
				assertThat(json.decoded()).isEqualTo(new User("Bob"));
			});
	}

	@Test
	void jsonWorksWithoutAMapperOfTheApplication() {
		Lines.runnerWithoutJackson(redis)
			.withInitializer(nested("json"))
			.withUserConfiguration(Nested.class)
			.run((context) -> assertThat(context.getBean(Json.class).text(new User("Ada")))
				.isEqualTo("{\"userName\":\"Ada\"}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aTimeoutCanBeAPlaceholder(String driver) {
		this.runner.withInitializer(nested("slow"))
			.withUserConfiguration(Nested.class)
			.withPropertyValues(driver(driver), "slow.timeout=150ms")
			.run((context) -> {
				Slow slow = context.getBean(Slow.class);
				slow.spin(0);
				assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> slow.spin(1000));
			});
	}

	@Test
	void aPlaceholderThatIsNotSetIsAnError() {
		this.runner.withInitializer(nested("slow")).withUserConfiguration(Nested.class).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasStackTraceContaining("slow.timeout");
		});
	}

	@Test
	void scriptsAreLoadedAndCheckedWithLazyInitialization() {
		this.application.withInitializer(LuaScriptsAutoConfigurationTests::lazily).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(LuaScripts.class).preload()).containsExactly(entry(node(), 0));
			assertThat(context.getBean(Plain.class).add("n", 3)).isEqualTo(3);
		});
		this.runner.withInitializer(LuaScriptsAutoConfigurationTests::lazily)
			.withInitializer(nested("values"))
			.withUserConfiguration(Nested.class)
			.run((context) -> assertThat(context).hasFailed());
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> nested(String profile) {
		return (context) -> context.getEnvironment().setActiveProfiles(profile);
	}

	private static void lazily(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void scriptsAreExecutedByName(String driver) {
		this.runner
			.withPropertyValues(driver(driver), "redis-lua.key-prefix=app:", "redis-lua.locations=classpath*:lua/")
			.run((context) -> {
				LuaScripts scripts = context.getBean(LuaScripts.class);
				assertThat(scripts.execute("slice_add", long.class, List.of("n"), 2)).isEqualTo(2L);
				assertThat(scripts.execute("slice_add", Integer.class, List.of("n"), "3")).isEqualTo(5);
				assertThat(scripts.execute("slice_add", String.class, List.of("n"), 1L)).isEqualTo("6");
				assertThat(scripts.execute("slice_add", Object.class, List.of("n"), 1)).isEqualTo(7L);
				assertThat(redis.execute("GET", "app:n")).isEqualTo("7");
				assertThatExceptionOfType(LuaScriptExecutionException.class)
					.isThrownBy(() -> scripts.execute("slice_add", Object.class, List.of("n"), "x"))
					.withMessageContaining("slice_add")
					.withMessageContaining("lua/slice_add.lua:1");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void preloadCountsWhatItHadToLoad(String driver) {
		this.application.withPropertyValues(driver(driver)).run((context) -> {
			LuaScripts scripts = context.getBean(LuaScripts.class);
			int all = scripts.definitions().size();
			assertThat(all).isGreaterThan(4);
			assertThat(scripts.preload()).containsExactly(entry(node(), 0));
			redis.execute("SCRIPT", "FLUSH");
			// Two definitions with the same text would be one script for Redis.
			assertThat(scripts.preload()).isEqualTo(Map.of(node(), all));
			assertThat(scripts.preload()).isEqualTo(Map.of(node(), 0));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void pipelinedCallsGiveTypedResults(String driver) {
		this.application.withPropertyValues(driver(driver)).run((context) -> {
			Plain plain = context.getBean(Plain.class);
			Generic generic = context.getBean(Generic.class);
			redis.execute("SET", "text", "abc");
			List<Object> results = context.getBean(LuaScripts.class).pipelined(() -> {
				assertThat(plain.add("n", 1)).isZero();
				assertThat(plain.key("k")).isNull();
				plain.add("text", 1);
				generic.echo(5);
				plain.add("n", 1);
			});
			assertThat(results).hasSize(5);
			assertThat(results.get(0)).isEqualTo(1L);
			assertThat(results.get(1)).isEqualTo("k");
			assertThat(results.get(2)).isInstanceOfSatisfying(LuaScriptExecutionException.class,
					(ex) -> assertThat(ex.getScriptName()).isEqualTo("Plain.add"));
			assertThat(results.get(3)).isEqualTo(5);
			assertThat(results.get(4)).isEqualTo(2L);
		});
	}

	private static String node() {
		return "127.0.0.1:" + redis.getPort();
	}

	private static RedisConnectionFactory connect(LocalRedis server, String driver) {
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(server.getHost(),
				server.getPort());
		return driver.equals("jedis") ? new JedisConnectionFactory(configuration)
				: new LettuceConnectionFactory(configuration);
	}

	static class OwnPlain implements Plain {

		@Override
		public long add(String counter, int amount) {
			return 0;
		}

		@Override
		public String key(String key) {
			return key;
		}

	}

	@Primary
	@Component
	static class Decorator implements Plain {

		private final Plain raw;

		Decorator(Plain raw) {
			this.raw = raw;
		}

		@Override
		public long add(String counter, int amount) {
			return this.raw.add(counter, amount) + 100;
		}

		@Override
		public String key(String key) {
			return this.raw.key(key);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPlainConfiguration {

		@Bean
		Plain plain() {
			return new OwnPlain();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactoryConfiguration {

		@Bean
		LuaRepositoryFactory factory(RedisConnectionFactory connectionFactory) {
			return LuaRepositoryFactory.builder(connectionFactory).keyPrefix("own:").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableLuaScripts(basePackages = "io.github.redislua.tests.autoconfigure.other")
	static class EnabledByPackage {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableLuaScripts(basePackageClasses = Other.class)
	static class EnabledByClass {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableLuaScripts(basePackageClasses = Application.class)
	static class EnabledForTheApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableLuaScripts(basePackageClasses = NamesApplication.class)
	static class EnabledForNames {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableLuaScripts(basePackages = "io.github.redislua.tests.autoconfigure.names")
	static class EnabledForNamesAgain {

	}

	// With the interfaces in this class that are of the active profile.
	@Configuration(proxyBeanMethods = false)
	@EnableLuaScripts
	static class Nested {

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoServers {

		@Bean
		RedisConnectionFactory one(Environment environment) {
			return connect(redis, environment.getRequiredProperty("driver"));
		}

		@Bean
		RedisConnectionFactory two(Environment environment) {
			return connect(second, environment.getRequiredProperty("driver"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryServer {

		@Bean
		@Primary
		RedisConnectionFactory primary(Environment environment) {
			return connect(second, environment.getRequiredProperty("driver"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Converters {

		@Bean
		Converter<Money, String> moneyToText() {
			return new Converter<>() {
				@Override
				public String convert(Money money) {
					return money.cents() + " " + money.currency();
				}
			};
		}

		@Bean
		Converter<String, Money> textToMoney() {
			return new Converter<>() {
				@Override
				public Money convert(String text) {
					String[] parts = text.split(" ");
					return new Money(Long.parseLong(parts[0]), parts[1]);
				}
			};
		}

	}

	// A class, as a record is read from an array.
	static final class Money {

		private final long cents;

		private final String currency;

		Money(long cents, String currency) {
			this.cents = cents;
			this.currency = currency;
		}

		long cents() {
			return this.cents;
		}

		String currency() {
			return this.currency;
		}

		@Override
		public boolean equals(Object obj) {
			return obj instanceof Money other && other.cents == this.cents && other.currency.equals(this.currency);
		}

		@Override
		public int hashCode() {
			return Long.hashCode(this.cents);
		}

	}

	record User(String userName) {

	}

	@LuaRepository
	@Profile("values")
	interface Values {

		@LuaScript(source = "return ARGV[1]")
		Money money(Money money);

		@LuaScript(source = "return ARGV[1]")
		String moneyText(Money money);

	}

	@Profile("json")
	interface Json {

		@LuaScript(source = "return ARGV[1]")
		String text(@Arg(json = true) User user);

		@LuaScript(source = "return ARGV[1]", reply = ReplyFormat.JSON)
		User user(@Arg(json = true) User user);

		@LuaScript(source = "return cjson.encode({user_name = 'Bob'})", reply = ReplyFormat.JSON)
		User decoded();

	}

	@Profile("slow")
	interface Slow {

		@LuaScript(source = """
				local start = redis.call('TIME')
				local now = start
				while (now[1] - start[1]) * 1000000 + now[2] - start[2] < ARGV[1] * 1000 do
				  now = redis.call('TIME')
				end
				return 1
				""", timeout = "${slow.timeout}")
		long spin(int millis);

	}

	@Profile("servers")
	interface OnTheDefault {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

	}

	@Profile("servers")
	@LuaRepository(connectionFactory = "${the.other}")
	interface OnAnother {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

	}

	@Profile("shared")
	@LuaRepository(beanName = "shared")
	interface Shared {

		@LuaScript(source = "return 1")
		int one();

	}

	@Profile("shared")
	interface Sharing extends Shared {

		@LuaScript(source = "return 2")
		int two();

	}

	@Profile("given")
	interface Given {

		@LuaScript(source = "return 1")
		int one();

	}

	@Profile("given")
	@LuaRepository(beanName = "luaScriptsAutoConfigurationTests.Given")
	interface Giving {

		@LuaScript(source = "return 2")
		int two();

	}

	@Profile("twice")
	@LuaRepository(beanName = "twice")
	interface Twice1 {

		@LuaScript(source = "return 1")
		int one();

	}

	@Profile("twice")
	@LuaRepository(beanName = "twice")
	interface Twice2 {

		@LuaScript(source = "return 2")
		int two();

	}

}
