package io.github.redislua.autoconfigure;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.redislua.JsonCodec;
import io.github.redislua.internal.codec.Jackson2JsonCodec;

/**
 * JSON by the application's Jackson 2, where there is no Jackson 3.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObjectMapper.class)
@ConditionalOnSingleCandidate(ObjectMapper.class)
class Jackson2Configuration {

	@Bean
	@ConditionalOnMissingBean(JsonCodec.class)
	Jackson2JsonCodec jackson2LuaJsonCodec(ObjectProvider<ObjectMapper> mapper) {
		return new Jackson2JsonCodec(mapper.getObject());
	}

}
