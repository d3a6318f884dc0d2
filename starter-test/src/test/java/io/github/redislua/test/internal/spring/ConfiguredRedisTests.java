package io.github.redislua.test.internal.spring;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

class ConfiguredRedisTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	@ParameterizedTest
	@ValueSource(strings = { "host=example.org", "port=6380", "url=redis://example.org:1", "cluster.nodes=a:1,b:2",
			"cluster.nodes[0]=a:1", "sentinel.nodes=a:1", "sentinel.master=one", "masterreplica.nodes=a:1" })
	void propertiesThatSayWhichRedis(String property) {
		String[] nameAndValue = property.split("=");
		Environment environment = environment(Map.of("spring.data.redis." + nameAndValue[0], nameAndValue[1]));
		assertThat(ConfiguredRedis.find(environment, this.beanFactory))
			.isEqualTo("property spring.data.redis." + nameAndValue[0].replace("[0]", ""));
	}

	@Test
	void environmentVariablesSayItToo() {
		StandardEnvironment environment = environment(Map.of());
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("SPRING_DATA_REDIS_HOST", "example.org")));
		assertThat(ConfiguredRedis.find(environment, this.beanFactory)).isEqualTo("property spring.data.redis.host");
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "username", "database", "timeout", "client-name", "ssl.enabled" })
	void otherPropertiesDoNot(String name) {
		Environment environment = environment(Map.of("spring.data.redis." + name, "1"));
		assertThat(ConfiguredRedis.find(environment, this.beanFactory)).isNull();
	}

	@Test
	void connectionDetailsSayIt() {
		this.beanFactory.registerBeanDefinition("details",
				BeanDefinitionBuilder.rootBeanDefinition(connectionDetails()).getBeanDefinition());
		assertThat(ConfiguredRedis.find(environment(Map.of()), this.beanFactory)).isEqualTo("bean 'details'");
	}

	@Test
	void connectionDetailsFromPropertiesDoNot() {
		new ApplicationContextRunner().withUserConfiguration(App.class).run((context) -> {
			assertThat(context).hasSingleBean(connectionDetails());
			assertThat(ConfiguredRedis.find(environment(Map.of()), context.getBeanFactory())).isNull();
		});
	}

	private static StandardEnvironment environment(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return environment;
	}

	private static Class<?> connectionDetails() {
		return Stream
			.of("org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails",
					"org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails")
			.filter((name) -> ClassUtils.isPresent(name, null))
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

}
