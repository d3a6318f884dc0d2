package io.github.redislua;

/**
 * What becomes of the findings of the script checker.
 */
public enum CheckMode {

	/**
	 * Errors in scripts that a method of a repository runs are thrown, everything else is
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
	OFF

}
