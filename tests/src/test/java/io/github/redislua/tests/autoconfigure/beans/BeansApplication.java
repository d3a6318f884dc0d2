package io.github.redislua.tests.autoconfigure.beans;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/**
 * An application whose interfaces have names of other beans, and annotations of beans.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class BeansApplication {

}
