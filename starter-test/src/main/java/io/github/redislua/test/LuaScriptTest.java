package io.github.redislua.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of an application's Lua repositories against a real Redis.
 *
 * <pre class="code">
 * &#64;LuaScriptTest
 * class RateLimitsTests {
 *
 *     &#64;Autowired
 *     private RateLimits rateLimits;
 *
 * }
 * </pre>
 *
 * The context has the Lua repositories, what they need, the auto-configuration of Redis
 * and of JSON, and nothing else: no other component of the application, unless
 * {@link #includeFilters()} names it. {@code @Bean} methods of the application's main
 * class take part, as in any slice. There is no transaction.
 * <p>
 * The server is the first of: what the test configures itself ({@code @ServiceConnection}
 * or {@code spring.data.redis.*}); a container, if Testcontainers is on the class path
 * and Docker answers; the program {@link LocalRedis} finds. All test classes in a JVM
 * share it, with its data. Unless it is a container a test can have it injected as
 * {@link LocalRedis}.
 *
 * @see LocalRedisConfiguration
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(LuaScriptTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@ImportAutoConfiguration
@Import(LocalRedisConfiguration.class)
public @interface LuaScriptTest {

	/**
	 * Properties for this test.
	 * @return properties in the form {@code key=value}
	 */
	String[] properties() default {};

	/**
	 * Components of the application to have in the context nonetheless.
	 * @return the filters that find them
	 */
	Filter[] includeFilters() default {};

	/**
	 * Components to leave out although {@link #includeFilters()} finds them.
	 * @return the filters that find them
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations of this slice to leave out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
