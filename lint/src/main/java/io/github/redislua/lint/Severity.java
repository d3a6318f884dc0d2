package io.github.redislua.lint;

/**
 * How bad a finding is.
 */
public enum Severity {

	/**
	 * The server refuses the script, or raises when that line runs, or the method cannot
	 * satisfy the script.
	 */
	ERROR("error"),

	/**
	 * It runs, but not everywhere, or not as it reads.
	 */
	WARN("warning"),

	/**
	 * Worth knowing.
	 */
	INFO("info");

	private final String label;

	Severity(String label) {
		this.label = label;
	}

	/**
	 * The word in front of the message.
	 * @return the word
	 */
	public String label() {
		return this.label;
	}

}
