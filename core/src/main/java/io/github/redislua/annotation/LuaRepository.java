package io.github.redislua.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Settings of an interface whose methods call Redis Lua scripts. Optional: an interface
 * with at least one {@link LuaScript} method is found without it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface LuaRepository {

	/**
	 * The name of the bean. An interface that extends this one has a name of its own.
	 * @return the bean's name, by default the interface's name with a small first letter,
	 * or the name of the class where another bean has that name
	 */
	String value() default "";

	/**
	 * A folder put before the names of all scripts of the interface.
	 * @return a path such as {@code ratelimit}
	 */
	String path() default "";

	/**
	 * Text put before every key of the interface, after {@code redis-lua.key-prefix}.
	 * Placeholders are resolved.
	 * @return the prefix
	 */
	String keyPrefix() default "";

	/**
	 * The name of the {@code RedisConnectionFactory} bean to use.
	 * @return a bean name; empty: {@code redis-lua.connection-factory}, else the primary
	 * one
	 */
	String connectionFactory() default "";

}
