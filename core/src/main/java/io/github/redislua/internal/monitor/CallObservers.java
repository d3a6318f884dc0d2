package io.github.redislua.internal.monitor;

/**
 * Makes the observers of methods.
 */
@FunctionalInterface
public interface CallObservers {

	/**
	 * The observer of a method.
	 * @param script the name of the script that it calls
	 * @param repository the type that declares the method
	 * @param method the name of the method
	 * @return the observer
	 */
	CallObserver forMethod(String script, Class<?> repository, String method);

}
