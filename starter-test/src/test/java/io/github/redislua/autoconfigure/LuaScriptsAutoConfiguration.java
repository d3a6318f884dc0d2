package io.github.redislua.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Stands for the real one, which is in a module above this one.
 */
@AutoConfiguration
public class LuaScriptsAutoConfiguration {

	@Bean
	ScriptInfrastructure scriptInfrastructure() {
		return new ScriptInfrastructure();
	}

	public static class ScriptInfrastructure {

	}

}
