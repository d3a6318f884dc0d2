package io.github.redislua.tests.autoconfigure.app;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/**
 * An application whose package is scanned.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class Application {

}
