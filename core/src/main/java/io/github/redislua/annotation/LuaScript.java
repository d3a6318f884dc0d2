package io.github.redislua.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Makes an interface method a call of a Redis Lua script. The script is run with
 * {@code EVALSHA} ({@code EVALSHA_RO} for a read-only one) and loaded with
 * {@code SCRIPT LOAD} wherever a server does not know it yet.
 * <p>
 * Parameters annotated with {@link Key} become {@code KEYS}, all others become
 * {@code ARGV}, in parameter order.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LuaScript {

	/**
	 * Alias of {@link #name()}.
	 * @return the script's name
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * The script's name: its path below a location root without {@code .lua}, for example
	 * {@code ratelimit/token_bucket}. If left out it is the method's name, written
	 * {@code tryAcquire}, {@code try_acquire} or {@code try-acquire}; two of them present
	 * is an error.
	 * @return the script's name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * Inline Lua source. Excludes {@link #value()}. The script is then named
	 * {@code Interface.method}.
	 * @return Lua source
	 */
	String source() default "";

	/**
	 * Templates of keys, such as <code>"{cart:#userId}:items"</code>. {@code #name} is a
	 * parameter, {@code #name.property} a property of one, {@code ##} a literal
	 * {@code #}; braces are plain text. A parameter named in a template is not an
	 * argument unless it also carries {@link Arg}. Template keys come before {@link Key}
	 * keys.
	 * @return key templates
	 */
	String[] keys() default {};

	/**
	 * How the reply is laid out.
	 * @return the format of the reply
	 */
	ReplyFormat reply() default ReplyFormat.AUTO;

	/**
	 * Whether to run the script with {@code EVALSHA_RO}. Also inferred from
	 * {@code #!lua flags=no-writes}.
	 * @return {@code true} if the script never writes
	 */
	boolean readOnly() default false;

	/**
	 * Whether a call whose outcome is unknown, because the connection was lost or the
	 * reply timed out, may be sent again.
	 * @return {@code true} if running the script twice does no harm
	 */
	boolean idempotent() default false;

	/**
	 * How long to wait for the reply, for example {@code "200ms"}, {@code "2s"},
	 * {@code "PT0.2S"} or a placeholder. Empty: the client's own command timeout.
	 * @return a duration
	 */
	String timeout() default "";

	/**
	 * Error codes of the script that become the application's own exceptions.
	 * @return error mappings
	 */
	LuaError[] errors() default {};

}
