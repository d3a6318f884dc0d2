package io.github.redislua;

import java.util.List;

/**
 * There is no script of that name.
 */
@SuppressWarnings("serial")
public class LuaScriptNotFoundException extends LuaScriptException {

	private final String scriptName;

	private final List<String> nearestNames;

	private final List<String> locations;

	/**
	 * Create a new exception.
	 * @param message what is missing, and where it was looked for
	 * @param scriptName the name that was asked for
	 * @param nearestNames names of scripts that are spelt alike, the nearest first
	 * @param locations where scripts were looked for
	 */
	public LuaScriptNotFoundException(String message, String scriptName, List<String> nearestNames,
			List<String> locations) {
		super(message, null);
		this.scriptName = scriptName;
		this.nearestNames = List.copyOf(nearestNames);
		this.locations = List.copyOf(locations);
	}

	/**
	 * The name that was asked for.
	 * @return the name; the first one if several scripts are missing
	 */
	public String getScriptName() {
		return this.scriptName;
	}

	/**
	 * Scripts whose names are spelt alike.
	 * @return names, the nearest first, possibly none
	 */
	public List<String> getNearestNames() {
		return this.nearestNames;
	}

	/**
	 * Where scripts were looked for.
	 * @return the configured locations
	 */
	public List<String> getLocations() {
		return this.locations;
	}

}
