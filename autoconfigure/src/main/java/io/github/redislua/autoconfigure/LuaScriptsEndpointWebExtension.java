package io.github.redislua.autoconfigure;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.github.redislua.autoconfigure.LuaScriptsEndpoint.LuaScriptDescriptor;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the {@link LuaScriptsEndpoint}:
 * over HTTP, who sees the source depends on who asks.
 */
@EndpointWebExtension(endpoint = LuaScriptsEndpoint.class)
public class LuaScriptsEndpointWebExtension {

	private final LuaScriptsEndpoint delegate;

	private final Show showSource;

	private final Set<String> roles;

	LuaScriptsEndpointWebExtension(LuaScriptsEndpoint delegate, Show showSource, Set<String> roles) {
		this.delegate = delegate;
		this.showSource = showSource;
		this.roles = roles;
	}

	/**
	 * One script.
	 * @param securityContext who asks
	 * @param name the segments of its name
	 * @return the script, or 404 if there is none of that name
	 */
	@ReadOperation
	public WebEndpointResponse<LuaScriptDescriptor> script(SecurityContext securityContext,
			@Selector(match = Selector.Match.ALL_REMAINING) String... name) {
		boolean source = this.showSource.isShown(securityContext, this.roles);
		LuaScriptDescriptor script = this.delegate.script(String.join("/", name), source);
		return (script != null) ? new WebEndpointResponse<>(script)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
