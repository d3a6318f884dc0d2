package io.github.redislua.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.support.FormattingConversionService;

/**
 * The converters of the application: its {@code Converter} and {@code Formatter} beans,
 * then the bean named {@code conversionService} if there is one.
 */
final class ApplicationConverters {

	private ApplicationConverters() {
	}

	static List<ConversionService> find(ListableBeanFactory beanFactory) {
		List<ConversionService> services = new ArrayList<>();
		// Without Spring's own converters, which turn any class into its toString().
		FormattingConversionService converters = new FormattingConversionService();
		ApplicationConversionService.addBeans(converters, beanFactory);
		services.add(converters);
		String name = ConfigurableApplicationContext.CONVERSION_SERVICE_BEAN_NAME;
		if (beanFactory.containsBean(name) && beanFactory.isTypeMatch(name, ConversionService.class)) {
			services.add(beanFactory.getBean(name, ConversionService.class));
		}
		return services;
	}

}
