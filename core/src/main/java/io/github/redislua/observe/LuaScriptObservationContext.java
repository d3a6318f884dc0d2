package io.github.redislua.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import io.github.redislua.observe.LuaScriptObservationDocumentation.LowCardinalityKeyNames;

/**
 * What is known of a call. Keys, arguments and replies are not.
 */
public class LuaScriptObservationContext extends Observation.Context {

	private final String scriptName;

	private final Class<?> repository;

	private final String methodName;

	private @Nullable Class<? extends Throwable> errorType;

	/**
	 * Create a new context.
	 * @param scriptName the name of the script
	 * @param repository the interface whose method is called
	 * @param methodName the name of the method
	 */
	public LuaScriptObservationContext(String scriptName, Class<?> repository, String methodName) {
		this.scriptName = scriptName;
		this.repository = repository;
		this.methodName = methodName;
	}

	/**
	 * The name of the script.
	 * @return for example {@code ratelimit/token_bucket}
	 */
	public String getScriptName() {
		return this.scriptName;
	}

	/**
	 * The interface whose method is called.
	 * @return the interface, {@code LuaScripts} for a call by name
	 */
	public Class<?> getRepository() {
		return this.repository;
	}

	/**
	 * The name of the method.
	 * @return the name, {@code execute} for a call by name
	 */
	public String getMethodName() {
		return this.methodName;
	}

	/**
	 * The type of the exception that the call ended with. {@link #getError()} may be of
	 * another type: it holds nothing that a driver or the application says.
	 * @return the type, {@code null} if the call has a result or has not ended
	 */
	public @Nullable Class<? extends Throwable> getErrorType() {
		return this.errorType;
	}

	/**
	 * Set the type of the exception that the call ended with.
	 * @param errorType the type
	 */
	public void setErrorType(@Nullable Class<? extends Throwable> errorType) {
		this.errorType = errorType;
	}

	/**
	 * The keys that become tags of a span. Without {@code error}, by which tracers take
	 * the span of any call for a failed one, whatever it says; a failed one has the
	 * exception itself.
	 */
	@Override
	public KeyValues getAllKeyValues() {
		return KeyValues.of(super.getAllKeyValues().stream().filter((keyValue) -> !isError(keyValue)).toList());
	}

	private static boolean isError(KeyValue keyValue) {
		return keyValue.getKey().equalsIgnoreCase(LowCardinalityKeyNames.ERROR.asString());
	}

}
