package io.github.redislua.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Settings of an interface whose methods call Redis Lua scripts. Optional: an interface
 * with at least one {@link LuaScript} method is found without it. <pre class="code">
 * &#64;LuaRepository("ratelimit")
 * public interface RateLimits {
 *
 *     &#64;LuaScript // lua/ratelimit/try_acquire.lua
 *     boolean tryAcquire(&#64;Key String bucket, int capacity);
 *
 * }
 * </pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface LuaRepository {

	/**
	 * Alias of {@link #path()}.
	 * @return a path such as {@code ratelimit}
	 */
	@AliasFor("path")
	String value() default "";

	/**
	 * A folder put before the names of all scripts of the interface. Placeholders are
	 * resolved.
	 * @return a path such as {@code ratelimit}
	 */
	@AliasFor("value")
	String path() default "";

	/**
	 * The name of the bean. An interface that extends this one does not inherit it.
	 * @return the bean's name, by default the interface's name with a small first letter,
	 * or the name of the class where another bean has that name
	 */
	String beanName() default "";

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
