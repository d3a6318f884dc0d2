package io.github.redislua.tests.preload;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/**
 * An application with one repository.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class Application {

}
