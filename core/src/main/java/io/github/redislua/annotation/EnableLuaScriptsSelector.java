package io.github.redislua.annotation;

import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Names the class that does the work, which this package must not know.
 */
class EnableLuaScriptsSelector implements ImportSelector {

	@Override
	public String[] selectImports(AnnotationMetadata importingClassMetadata) {
		return new String[] { "io.github.redislua.internal.config.LuaRepositoriesRegistrar" };
	}

}
