package io.github.redislua;

/**
 * What happens at start-up when scripts cannot be loaded.
 */
public enum PreloadMode {

	/**
	 * The application does not start.
	 */
	STRICT,

	/**
	 * The application starts with a warning, and scripts are loaded when they are called.
	 */
	LENIENT,

	/**
	 * Nothing is loaded at start-up.
	 */
	NONE

}
