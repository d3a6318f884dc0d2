package io.github.redislua.internal.script;

/**
 * Hears of scripts that had to be loaded again.
 */
@FunctionalInterface
public interface HealingListener {

	/**
	 * A server was to run a script and did not know it, and does now.
	 * @param script the script
	 * @param node the server
	 */
	void healed(Script script, String node);

}
