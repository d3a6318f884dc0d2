package io.github.redislua.tests.ops;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/**
 * Has the interfaces of this package found.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
class OpsPackage {

}
