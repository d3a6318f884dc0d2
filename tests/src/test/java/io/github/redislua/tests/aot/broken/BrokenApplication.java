package io.github.redislua.tests.aot.broken;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * An application with a mistake in a script.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BrokenApplication {

}
