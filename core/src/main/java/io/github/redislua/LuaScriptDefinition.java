package io.github.redislua;

import java.util.Set;

/**
 * A script known to the application.
 */
public interface LuaScriptDefinition {

	/**
	 * The name: the path below a location root without {@code .lua}, or
	 * {@code Interface.method} for inline source.
	 * @return the name, for example {@code ratelimit/token_bucket}
	 */
	String name();

	/**
	 * The SHA-1 digest over exactly the bytes that are sent to Redis.
	 * @return 40 lower case hexadecimal digits
	 */
	String sha1();

	/**
	 * Where the script was found, for people to read.
	 * @return for example {@code class path resource [lua/ratelimit/token_bucket.lua]}
	 */
	String location();

	/**
	 * Whether the script itself says that it never writes
	 * ({@code #!lua flags=no-writes}).
	 * @return {@code true} if the script is read-only
	 */
	boolean readOnly();

	/**
	 * The flags of the script's {@code #!lua} line.
	 * @return the flags in the order written, empty without such a line
	 */
	Set<String> flags();

}
