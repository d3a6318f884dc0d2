package io.github.redislua.tests.autoconfigure.names;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/**
 * An application with two interfaces of one name.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class NamesApplication {

}
