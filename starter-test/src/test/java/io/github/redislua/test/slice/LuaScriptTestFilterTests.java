package io.github.redislua.test.slice;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.stereotype.Component;

import io.github.redislua.test.LuaScriptTest;

import static org.assertj.core.api.Assertions.assertThat;

@LuaScriptTest(includeFilters = @Filter(Component.class),
		excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*SomeService"))
class LuaScriptTestFilterTests {

	@Test
	void whatIsIncludedAndNotExcludedIsThere(@Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(SomeComponent.class)).hasSize(1);
		assertThat(context.getBeanNamesForType(SomeService.class)).isEmpty();
	}

}
