package io.github.redislua.tests.ops;

import java.lang.management.ManagementFactory;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.javapoet.ClassName;

import io.github.redislua.autoconfigure.LuaScriptsAutoConfiguration;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint.LuaScriptDescriptor;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint.NodeState;
import io.github.redislua.autoconfigure.LuaScriptsEndpointAutoConfiguration;
import io.github.redislua.autoconfigure.LuaScriptsEndpointWebExtension;
import io.github.redislua.autoconfigure.LuaScriptsMetricsAutoConfiguration;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint {@code luascripts} other than over HTTP.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=luascripts";

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(
			LuaScriptsAutoConfiguration.class, LuaScriptsEndpointAutoConfiguration.class,
			LuaScriptsMetricsAutoConfiguration.class);

	private LocalRedis redis;

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start();
	}

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@Test
	void itIsThereWhereItIsExposed() {
		web().withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(LuaScriptsEndpoint.class)
				.hasSingleBean(LuaScriptsEndpointWebExtension.class));
	}

	@Test
	void itIsAbsentWhereNobodyExposesIt() {
		web().run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LuaScriptsEndpoint.class));
		web().withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LuaScriptsEndpoint.class));
	}

	@Test
	void itIsAbsentWithoutAccess() {
		web().withPropertyValues(EXPOSED, "management.endpoint.luascripts.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LuaScriptsEndpoint.class));
	}

	@Test
	void itIsAbsentWithoutActuator() {
		web().withClassLoader(new FilteredClassLoader(Endpoint.class, MeterRegistry.class, ObservationRegistry.class))
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Buckets.class)
				.doesNotHaveBean("luaScriptsEndpoint"));
	}

	@Test
	void itIsAbsentWithoutScripts() {
		web().withPropertyValues(EXPOSED, "redis-lua.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LuaScriptsEndpoint.class));
	}

	@Test
	void theSourceIsForTheRolesThatAreNamed() {
		web()
			.withPropertyValues(EXPOSED, "management.endpoint.luascripts.show-source=when-authorized",
					"management.endpoint.luascripts.roles=OPERATOR")
			.run((context) -> {
				LuaScriptsEndpointWebExtension extension = context.getBean(LuaScriptsEndpointWebExtension.class);
				assertThat(source(extension, new User("OPERATOR"))).startsWith("return redis.call('INCRBY'");
				assertThat(source(extension, new User("GUEST"))).isNull();
				assertThat(source(extension, SecurityContext.NONE)).isNull();
			});
	}

	@Test
	void theSourceIsForEveryUserWithoutRoles() {
		web().withPropertyValues(EXPOSED, "management.endpoint.luascripts.show-source=when-authorized")
			.run((context) -> {
				LuaScriptsEndpointWebExtension extension = context.getBean(LuaScriptsEndpointWebExtension.class);
				assertThat(source(extension, new User("GUEST"))).isNotNull();
				assertThat(source(extension, SecurityContext.NONE)).isNull();
			});
	}

	@Test
	void theSourceIsForNobodyByDefault() {
		web().withPropertyValues(EXPOSED, "management.endpoint.luascripts.roles=OPERATOR").run((context) -> {
			assertThat(source(context.getBean(LuaScriptsEndpointWebExtension.class), new User("OPERATOR"))).isNull();
			LuaScriptDescriptor script = context.getBean(LuaScriptsEndpoint.class).script("ratelimit", "take");
			assertThat(script).isNotNull();
			assertThat(script.source()).isNull();
		});
	}

	@Test
	void aServerThatIsStoppedIsUnreachable() {
		web().withPropertyValues(EXPOSED).run((context) -> {
			LuaScriptsEndpoint endpoint = context.getBean(LuaScriptsEndpoint.class);
			assertThat(nodes(endpoint)).containsOnly(Map.entry(node(this.redis), NodeState.LOADED));
			this.redis.kill();
			assertThat(nodesInTime(endpoint)).containsOnly(Map.entry(node(this.redis), NodeState.UNREACHABLE));
		});
	}

	@Test
	void aServerThatDoesNotAnswerIsUnreachableWithinASecond() {
		web().withPropertyValues(EXPOSED).run((context) -> {
			LuaScriptsEndpoint endpoint = context.getBean(LuaScriptsEndpoint.class);
			nodes(endpoint);
			this.redis.pause();
			assertThat(nodesInTime(endpoint)).containsOnly(Map.entry(node(this.redis), NodeState.UNREACHABLE));
			this.redis.resume();
		});
	}

	@Test
	void theOtherNodesOfAClusterAreToldApartFromOneThatIsStopped() {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
				.withUserConfiguration(OpsPackage.class)
				.withBean(LettuceConnectionFactory.class, () -> Connections.lettuce(cluster))
				.withPropertyValues("redis-lua.locations=classpath:scripts/ops/",
						"management.endpoints.jmx.exposure.include=luascripts", "spring.jmx.enabled=true");
			runner.run((context) -> {
				LuaScriptsEndpoint endpoint = context.getBean(LuaScriptsEndpoint.class);
				assertThat(nodes(endpoint)).hasSize(3).containsValue(NodeState.LOADED);
				LocalRedis frozen = cluster.getNodes().get(2);
				frozen.pause();
				Map<String, NodeState> nodes = nodesInTime(endpoint);
				frozen.resume();
				assertThat(nodes).containsOnly(Map.entry(node(cluster.getNodes().get(0)), NodeState.LOADED),
						Map.entry(node(cluster.getNodes().get(1)), NodeState.LOADED),
						Map.entry(node(frozen), NodeState.UNREACHABLE));
			});
		}
	}

	@Test
	void aPreloadTellsWhichNodesItDidNotReach() {
		web().withPropertyValues(EXPOSED).run((context) -> {
			this.redis.kill();
			LuaScriptsEndpoint.PreloadDescriptor preload = context.getBean(LuaScriptsEndpoint.class).preload();
			assertThat(preload.nodes()).isEmpty();
			assertThat(preload.failed()).containsOnlyKeys(node(this.redis));
		});
	}

	@Test
	void aScriptThatRedisRefusesHasAWarning() {
		web().withPropertyValues(EXPOSED, "redis-lua.locations=classpath:scripts/ops/,classpath:scripts/broken/")
			.run((context) -> {
				LuaScriptDescriptor script = context.getBean(LuaScriptsEndpoint.class).script("unfinished");
				assertThat(script).isNotNull();
				assertThat(script.warnings()).singleElement().asString().contains("scripts/broken/unfinished.lua");
				assertThat(script.nodes()).containsOnly(Map.entry(node(this.redis), NodeState.MISSING));
			});
	}

	@Test
	void itIsThereOverJmx() throws Exception {
		try (ConfigurableApplicationContext application = OpsApplication.run(this.redis, WebApplicationType.NONE,
				"spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=luascripts",
				"management.endpoint.luascripts.show-source=when-authorized")) {
			MBeanServer server = ManagementFactory.getPlatformMBeanServer();
			ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Luascripts");
			Map<?, ?> scripts = (Map<?, ?>) server.invoke(name, "scripts", new Object[0], new String[0]);
			assertThat(((Map<?, ?>) scripts.get("scripts")).keySet().stream().map(String::valueOf))
				.contains("ratelimit/take");
			Map<?, ?> script = (Map<?, ?>) server.invoke(name, "script", new Object[] { "ratelimit/take" },
					new String[] { String.class.getName() });
			assertThat((String) script.get("source")).startsWith("return redis.call");
			assertThat(server.invoke(name, "preload", new Object[0], new String[0]))
				.isEqualTo(Map.of("nodes", Map.of(node(this.redis), 0)));
			assertThat(application.isActive()).isTrue();
		}
	}

	@Test
	void aNativeImageKeepsWhatTheAnswersAreMadeOf() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(LuaScriptsEndpoint.class);
		GenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(EndpointTests.class)), new InMemoryGeneratedFiles());
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		RuntimeHints hints = generation.getRuntimeHints();
		for (Class<?> type : LuaScriptsEndpoint.class.getDeclaredClasses()) {
			if (type.isRecord()) {
				assertThat(RuntimeHintsPredicates.reflection().onType(type)).as(type.getName()).accepts(hints);
			}
		}
	}

	private WebApplicationContextRunner web() {
		return new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withUserConfiguration(OpsPackage.class)
			.withBean(LettuceConnectionFactory.class, () -> Connections.lettuce(this.redis))
			.withPropertyValues("redis-lua.locations=classpath:scripts/ops/");
	}

	private static Map<String, NodeState> nodes(LuaScriptsEndpoint endpoint) {
		return endpoint.scripts().scripts().get("ratelimit/take").nodes();
	}

	private static Map<String, NodeState> nodesInTime(LuaScriptsEndpoint endpoint) {
		long start = System.nanoTime();
		Map<String, NodeState> nodes = nodes(endpoint);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		return nodes;
	}

	private static String source(LuaScriptsEndpointWebExtension extension, SecurityContext user) {
		LuaScriptDescriptor script = extension.script(user, "ratelimit", "take").getBody();
		assertThat(script).isNotNull();
		return script.source();
	}

	private static String node(LocalRedis redis) {
		return redis.getHost() + ":" + redis.getPort();
	}

	private record User(Set<String> roles) implements SecurityContext {

		User(String role) {
			this(Set.of(role));
		}

		@Override
		public Principal getPrincipal() {
			return () -> "somebody";
		}

		@Override
		public boolean isUserInRole(String role) {
			return this.roles.contains(role);
		}

	}

}
