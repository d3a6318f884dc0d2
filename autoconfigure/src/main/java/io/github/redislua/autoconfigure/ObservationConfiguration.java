package io.github.redislua.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.redislua.observe.LuaScriptObservationConvention;

/**
 * Observation of calls, where the application has a registry.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnProperty(prefix = "redis-lua.observation", name = "enabled", matchIfMissing = true)
class ObservationConfiguration {

	@Bean
	FactoryCustomizer luaScriptObservations(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<LuaScriptObservationConvention> convention) {
		return (builder) -> registry.ifUnique((unique) -> builder.observations(unique, convention.getIfUnique()));
	}

}
