package io.github.redislua.test;

import java.util.List;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.TypeFilterUtils;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Registers the filter for the component scan. Its equality is part of the key under
 * which contexts are cached.
 *
 * @param include filters of components to have
 * @param exclude filters of components to leave out all the same
 */
record LuaScriptTestContextCustomizer(List<Filter> include, List<Filter> exclude) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		context.getBeanFactory()
			.registerSingleton(LuaScriptTestTypeExcludeFilter.class.getName(),
					new LuaScriptTestTypeExcludeFilter(filters(this.include, context), filters(this.exclude, context)));
	}

	private static List<TypeFilter> filters(List<Filter> filters, ConfigurableApplicationContext context) {
		return filters.stream().flatMap((filter) -> filters(filter, context).stream()).toList();
	}

	private static List<TypeFilter> filters(Filter filter, ConfigurableApplicationContext context) {
		AnnotationAttributes attributes = AnnotationUtils.getAnnotationAttributes(null, filter);
		return TypeFilterUtils.createTypeFiltersFor(attributes, context.getEnvironment(), context,
				(BeanDefinitionRegistry) context.getBeanFactory());
	}

}
