package io.github.redislua.observe;

import io.micrometer.observation.Observation;

/**
 * What is known of a call. Keys, arguments and replies are not.
 */
public class LuaScriptObservationContext extends Observation.Context {

	private final String scriptName;

	private final Class<?> repository;

	private final String methodName;

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

}
