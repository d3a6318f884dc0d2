package io.github.redislua;

/**
 * What happens when the script checker finds a mistake.
 */
public enum CheckMode {

	/**
	 * Errors in scripts that a repository method runs are thrown. Everything else is
	 * logged.
	 */
	ERROR,

	/**
	 * All findings are logged.
	 */
	WARN,

	/**
	 * Scripts are not checked.
	 */
	NONE

}
