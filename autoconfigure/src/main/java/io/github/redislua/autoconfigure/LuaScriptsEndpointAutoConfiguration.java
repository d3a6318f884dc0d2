package io.github.redislua.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.redislua.internal.repository.ScriptParts;

/**
 * Auto-configuration for the {@link LuaScriptsEndpoint}.
 */
@AutoConfiguration(after = LuaScriptsAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(LuaScriptsEndpoint.class)
@ConditionalOnBean(ScriptParts.class)
@EnableConfigurationProperties(LuaScriptsEndpointProperties.class)
public final class LuaScriptsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LuaScriptsEndpoint luaScriptsEndpoint(ScriptParts parts, LuaScriptsProperties properties,
			LuaScriptsEndpointProperties endpointProperties) {
		PropertyChecks.requireResolved("management.endpoint.luascripts.roles", endpointProperties.getRoles());
		return new LuaScriptsEndpoint(parts.overview(), parts.loading(),
				PropertyChecks.timeout(properties.getPreload()), endpointProperties.getShowSource());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(LuaScriptsEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	LuaScriptsEndpointWebExtension luaScriptsEndpointWebExtension(LuaScriptsEndpoint endpoint,
			LuaScriptsEndpointProperties properties) {
		return new LuaScriptsEndpointWebExtension(endpoint, properties.getShowSource(), properties.getRoles());
	}

}
