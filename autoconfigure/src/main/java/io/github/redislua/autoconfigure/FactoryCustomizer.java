package io.github.redislua.autoconfigure;

import io.github.redislua.LuaRepositoryFactory;

/**
 * Adds what is optional to the factory of repositories.
 */
@FunctionalInterface
interface FactoryCustomizer {

	void customize(LuaRepositoryFactory.Builder builder);

}
