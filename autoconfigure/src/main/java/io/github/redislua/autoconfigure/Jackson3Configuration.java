package io.github.redislua.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.github.redislua.JsonCodec;
import io.github.redislua.internal.codec.Jackson3JsonCodec;

/**
 * JSON by the application's Jackson 3.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnSingleCandidate(JsonMapper.class)
class Jackson3Configuration {

	@Bean
	@ConditionalOnMissingBean(JsonCodec.class)
	Jackson3JsonCodec jackson3LuaJsonCodec(ObjectProvider<JsonMapper> mapper) {
		return new Jackson3JsonCodec(mapper.getObject());
	}

}
