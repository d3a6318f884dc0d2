package io.github.redislua.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Says where interfaces with {@link LuaScript} methods are looked for. With Spring Boot
 * it replaces the scan of the application's packages; without Spring Boot it switches the
 * library on, for the {@code RedisConnectionFactory} bean of the application context.
 * Does nothing where the property {@code redis-lua.enabled} is {@code false}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(EnableLuaScriptsSelector.class)
public @interface EnableLuaScripts {

	/**
	 * Packages to scan.
	 * @return package names; by default the package of the annotated class
	 */
	String[] basePackages() default {};

	/**
	 * Classes whose packages are scanned.
	 * @return classes or interfaces
	 */
	Class<?>[] basePackageClasses() default {};

}
