package io.github.redislua.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

import io.github.redislua.autoconfigure.LuaScriptsEndpoint.LuaScriptDescriptor;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint.LuaScriptsDescriptor;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint.PreloadDescriptor;

/**
 * What a native image has to keep for the answers of the endpoint.
 */
class LuaScriptsEndpointRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), LuaScriptsDescriptor.class,
				LuaScriptDescriptor.class, PreloadDescriptor.class);
	}

}
