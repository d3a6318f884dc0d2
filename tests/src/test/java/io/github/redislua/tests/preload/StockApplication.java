package io.github.redislua.tests.preload;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * The same as a whole application, for class loaders and processes of their own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StockApplication {

	/**
	 * Starts the application and calls a script.
	 * @param arguments arguments of the command line
	 * @return the reply
	 */
	public static long reserve(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(StockApplication.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			return context.getBean(Stock.class).reserve("n", 2);
		}
	}

}
