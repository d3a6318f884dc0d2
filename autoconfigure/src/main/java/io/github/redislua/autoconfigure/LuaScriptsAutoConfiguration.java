package io.github.redislua.autoconfigure;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternUtils;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.JsonCodec;
import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScripts;
import io.github.redislua.internal.config.EnabledLuaScripts;
import io.github.redislua.internal.config.LuaRepositories;
import io.github.redislua.internal.config.LuaScriptsReloader;
import io.github.redislua.internal.config.TransactionalTemplates;
import io.github.redislua.internal.repository.ScriptParts;

/**
 * Auto-configuration for interfaces that call Redis Lua scripts.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
		"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
		"org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration",
		"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration" })
@ConditionalOnClass(RedisConnectionFactory.class)
@ConditionalOnProperty(prefix = "redis-lua", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(LuaScriptsProperties.class)
@Import({ Jackson3Configuration.class, Jackson2Configuration.class, ObservationConfiguration.class })
public final class LuaScriptsAutoConfiguration {

	private static final Duration RELOAD_INTERVAL = Duration.ofMillis(500);

	@Bean
	@ConditionalOnMissingBean
	LuaRepositoryFactory luaRepositoryFactory(LuaScriptsProperties properties,
			ConfigurableListableBeanFactory beanFactory, ResourceLoader resourceLoader,
			ObjectProvider<JsonCodec> jsonCodec, ObjectProvider<FactoryCustomizer> customizers) {
		PropertyChecks.requireResolved(properties);
		LuaRepositoryFactory.Builder builder = LuaRepositoryFactory
			.builder(new ConnectionFactoryLookup(beanFactory, properties.getConnectionFactory()))
			.locations(properties.getLocations().toArray(String[]::new))
			.keyPrefix(properties.getKeyPrefix())
			.placeholders(beanFactory::resolveEmbeddedValue)
			.transactionSupport(new TransactionalTemplates(beanFactory))
			.resources(ResourcePatternUtils.getResourcePatternResolver(resourceLoader));
		CheckerProperties.apply(properties.getChecker(), builder);
		for (ConversionService conversionService : ApplicationConverters.find(beanFactory)) {
			builder.conversionService(conversionService);
		}
		jsonCodec.orderedStream().findFirst().ifPresent(builder::jsonCodec);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	ScriptParts luaScriptParts(LuaRepositoryFactory factory) {
		return factory.unwrap(ScriptParts.class);
	}

	@Bean
	@ConditionalOnMissingBean
	LuaScripts luaScripts(LuaRepositoryFactory factory) {
		return factory.scripts();
	}

	@Bean
	@ConditionalOnMissingBean
	LuaRepositories luaRepositories(ScriptParts parts, LuaScriptsProperties properties) {
		return new LuaRepositories(parts, properties.getPreload().getMode(),
				PropertyChecks.timeout(properties.getPreload()));
	}

	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnReloadCondition.class)
	LuaScriptsReloader luaScriptsReloader(ScriptParts parts, LuaScriptsProperties properties) {
		return new LuaScriptsReloader(parts, RELOAD_INTERVAL, PropertyChecks.timeout(properties.getPreload()));
	}

	/**
	 * The scan of the application's packages, unless {@code @EnableLuaScripts} names
	 * others.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(EnabledLuaScripts.class)
	@Import(AutoConfiguredLuaRepositoriesRegistrar.class)
	static class ScanConfiguration {

	}

}
