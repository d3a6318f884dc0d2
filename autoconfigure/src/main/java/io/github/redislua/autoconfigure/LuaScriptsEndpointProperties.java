package io.github.redislua.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the {@link LuaScriptsEndpoint}.
 */
@ConfigurationProperties("management.endpoint.luascripts")
public class LuaScriptsEndpointProperties {

	/**
	 * When to show the source of a script.
	 */
	private Show showSource = Show.NEVER;

	/**
	 * Roles that a user needs one of to be authorized to see the source of a script. When
	 * empty, all authenticated users are authorized.
	 */
	private final Set<String> roles = new HashSet<>();

	public Show getShowSource() {
		return this.showSource;
	}

	public void setShowSource(Show showSource) {
		this.showSource = showSource;
	}

	public Set<String> getRoles() {
		return this.roles;
	}

}
