package io.github.redislua.internal.config;

/**
 * A bean that says that the application chose the packages to scan, with
 * {@code @EnableLuaScripts}.
 */
public final class EnabledLuaScripts {

}
