package io.github.redislua.lint;

import java.util.Set;

/**
 * What a Java method promises its script.
 *
 * @param method the method as messages name it, such as
 * {@code RateLimits.tryAcquire(String,int,int)}
 * @param keys how many KEYS it supplies
 * @param arguments how many ARGV it supplies
 * @param readOnly whether it is sent as a read-only script
 * @param returns what it returns
 * @param longArguments which ARGV, from 1, are Java integers of 64 bits or more
 */
public record MethodContract(String method, Count keys, Count arguments, boolean readOnly, ReturnType returns,
		Set<Integer> longArguments) {

	/**
	 * A method.
	 * @param method the method as messages name it
	 * @param keys how many KEYS it supplies
	 * @param arguments how many ARGV it supplies
	 * @param readOnly whether it is sent as a read-only script
	 * @param returns what it returns
	 * @param longArguments which ARGV, from 1, are Java integers of 64 bits or more
	 */
	public MethodContract {
		longArguments = Set.copyOf(longArguments);
	}

	/**
	 * A method of whose arguments the types are not known.
	 * @param method the method as messages name it
	 * @param keys how many KEYS it supplies
	 * @param arguments how many ARGV it supplies
	 * @param readOnly whether it is sent as a read-only script
	 * @param returns what it returns
	 */
	public MethodContract(String method, Count keys, Count arguments, boolean readOnly, ReturnType returns) {
		this(method, keys, arguments, readOnly, returns, Set.of());
	}

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
		return new MethodContract(this.method, this.keys, this.arguments, value, this.returns, this.longArguments);
	}

	/**
	 * The same method with another return type.
	 * @param value what it returns
	 * @return the contract
	 */
	public MethodContract returning(ReturnType value) {
		return new MethodContract(this.method, this.keys, this.arguments, this.readOnly, value, this.longArguments);
	}

	/**
	 * The same method with arguments that are Java integers of 64 bits or more. Lua's
	 * numbers hold them exactly to 2^53 only.
	 * @param positions their positions in ARGV, from 1
	 * @return the contract
	 */
	public MethodContract withLongs(Set<Integer> positions) {
		return new MethodContract(this.method, this.keys, this.arguments, this.readOnly, this.returns, positions);
	}

}
