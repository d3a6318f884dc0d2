package io.github.redislua.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.temporal.ChronoUnit;

/**
 * Says how a parameter is sent as an argument ({@code ARGV}). Optional: what is not a key
 * is an argument.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Arg {

	/**
	 * The unit in which durations and instants are sent, instants since the epoch.
	 * @return the unit
	 */
	ChronoUnit unit() default ChronoUnit.MILLIS;

	/**
	 * Whether to send the value as JSON, written by the application's Jackson.
	 * @return {@code true} for JSON
	 */
	boolean json() default false;

}
