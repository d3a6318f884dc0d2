package io.github.redislua.lint;

/**
 * What a Java method promises its script.
 *
 * @param method the method as messages name it, such as
 * {@code RateLimits.tryAcquire(String,int,int)}
 * @param keys how many KEYS it supplies
 * @param arguments how many ARGV it supplies
 * @param readOnly whether it is sent as a read-only script
 * @param returns what it returns
 */
public record MethodContract(String method, Count keys, Count arguments, boolean readOnly, ReturnType returns) {

	/**
	 * A method with fixed numbers of keys and arguments, that may write and return
	 * anything.
	 * @param method the method as messages name it
	 * @param keys how many KEYS it supplies
	 * @param arguments how many ARGV it supplies
	 * @return the contract
	 */
	public static MethodContract of(String method, int keys, int arguments) {
		return of(method, Count.exactly(keys), Count.exactly(arguments));
	}

	/**
	 * A method that may write and return anything.
	 * @param method the method as messages name it
	 * @param keys how many KEYS it supplies
	 * @param arguments how many ARGV it supplies
	 * @return the contract
	 */
	public static MethodContract of(String method, Count keys, Count arguments) {
		return new MethodContract(method, keys, arguments, false, ReturnType.ANY);
	}

	/**
	 * The same method, read-only or not.
	 * @param value whether it is sent as a read-only script
	 * @return the contract
	 */
	public MethodContract readOnly(boolean value) {
		return new MethodContract(this.method, this.keys, this.arguments, value, this.returns);
	}

	/**
	 * The same method with another return type.
	 * @param value what it returns
	 * @return the contract
	 */
	public MethodContract returning(ReturnType value) {
		return new MethodContract(this.method, this.keys, this.arguments, this.readOnly, value);
	}

}
