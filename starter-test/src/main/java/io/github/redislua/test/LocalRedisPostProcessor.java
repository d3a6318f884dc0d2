package io.github.redislua.test;

import java.util.HashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

import io.github.redislua.test.internal.spring.ConfiguredRedis;

/**
 * Points {@code spring.data.redis.*} to a local server. Runs when all bean definitions
 * are known, those of connection details included, and before any bean is made of them.
 */
final class LocalRedisPostProcessor implements BeanFactoryPostProcessor, EnvironmentAware, Ordered {

	private static final Log logger = LogFactory.getLog(LocalRedisConfiguration.class);

	private static final String BEAN_NAME = "localRedis";

	private static final String PROPERTY_SOURCE = "redisLuaLocalRedis";

	/** Where {@code @DynamicPropertySource} and its relatives keep their values. */
	private static final String DYNAMIC_PROPERTY_SOURCE = "Dynamic Test Properties";

	private @Nullable ConfigurableEnvironment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = (environment instanceof ConfigurableEnvironment configurable) ? configurable : null;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (this.environment == null || Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		String reason = ConfiguredRedis.find(this.environment, beanFactory);
		if (reason != null) {
			logger.debug("No local Redis: %s says which one to use".formatted(reason));
			return;
		}
		SharedServer server = SharedServer.get();
		addProperties(this.environment, server);
		if (server.redis() != null && !beanFactory.containsBean(BEAN_NAME)) {
			beanFactory.registerSingleton(BEAN_NAME, server.redis());
		}
		logger.info("Using " + server.description());
	}

	private void addProperties(ConfigurableEnvironment environment, SharedServer server) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("spring.data.redis.host", server.host());
		properties.put("spring.data.redis.port", server.port());
		// They are meant for another server.
		properties.put("spring.data.redis.username", "");
		properties.put("spring.data.redis.password", "");
		properties.put("spring.data.redis.ssl.enabled", false);
		MapPropertySource source = new MapPropertySource(PROPERTY_SOURCE, properties);
		MutablePropertySources sources = environment.getPropertySources();
		if (sources.contains(DYNAMIC_PROPERTY_SOURCE)) {
			sources.addAfter(DYNAMIC_PROPERTY_SOURCE, source);
		}
		else {
			sources.addFirst(source);
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
