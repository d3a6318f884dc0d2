package io.github.redislua.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.annotation.ImportRuntimeHints;

import io.github.redislua.internal.config.ServerTrouble;
import io.github.redislua.internal.execute.PreloadResult;
import io.github.redislua.internal.execute.ScriptState;
import io.github.redislua.internal.monitor.ScriptCounters;
import io.github.redislua.internal.repository.ScriptEdit;
import io.github.redislua.internal.repository.ScriptLoading;
import io.github.redislua.internal.repository.ScriptOverview;
import io.github.redislua.internal.script.Script;

/**
 * {@link Endpoint @Endpoint} with the Lua scripts of the application, and the nodes that
 * have them.
 */
@Endpoint(id = "luascripts")
@ImportRuntimeHints(LuaScriptsEndpointRuntimeHints.class)
public class LuaScriptsEndpoint {

	private static final Duration NODES_TIMEOUT = Duration.ofMillis(900);

	private final ScriptOverview scripts;

	private final ScriptLoading loading;

	private final Duration preloadTimeout;

	private final Show showSource;

	LuaScriptsEndpoint(ScriptOverview scripts, ScriptLoading loading, Duration preloadTimeout, Show showSource) {
		this.scripts = scripts;
		this.loading = loading;
		this.preloadTimeout = preloadTimeout;
		this.showSource = showSource;
	}

	/**
	 * All scripts. Asks each node which of them it has.
	 * @return the scripts by name
	 */
	@ReadOperation
	public LuaScriptsDescriptor scripts() {
		Map<String, LuaScriptDescriptor> scripts = new TreeMap<>();
		Details details = new Details();
		for (Script script : this.scripts.scripts()) {
			scripts.put(script.name(), details.describe(script, false));
		}
		return new LuaScriptsDescriptor(scripts);
	}

	/**
	 * One script. Who gets here other than by HTTP was authorized already.
	 * @param name its name, of which slashes may have been taken for separators
	 * @return the script, {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable LuaScriptDescriptor script(@Selector(match = Selector.Match.ALL_REMAINING) String... name) {
		return script(String.join("/", name), this.showSource.isShown(true));
	}

	@Nullable LuaScriptDescriptor script(String name, boolean source) {
		// A look into a map: a name never becomes a path.
		for (Script script : this.scripts.scripts()) {
			if (script.name().equals(name)) {
				return new Details().describe(script, source);
			}
		}
		return null;
	}

	/**
	 * Loads the scripts on every node that misses some of them.
	 * @return the nodes
	 */
	@WriteOperation
	public PreloadDescriptor preload() {
		Map<String, Integer> nodes = new TreeMap<>();
		Map<String, String> failed = new TreeMap<>();
		Map<String, String> rejected = new TreeMap<>();
		for (PreloadResult result : this.loading.preload(this.preloadTimeout)) {
			result.loaded().forEach((node, count) -> nodes.merge(node, count, Integer::sum));
			result.failed().forEach((node, ex) -> failed.put(node, ServerTrouble.of(ex, node).cause()));
			result.failedReplicas().forEach((node, ex) -> failed.put(node, ServerTrouble.of(ex, node).cause()));
			result.rejected().forEach((script, ex) -> rejected.put(script.name(), String.valueOf(ex.getMessage())));
		}
		return new PreloadDescriptor(nodes, failed.isEmpty() ? null : failed, rejected.isEmpty() ? null : rejected);
	}

	/**
	 * What is asked once for all scripts.
	 */
	private final class Details {

		private final ScriptOverview scripts = LuaScriptsEndpoint.this.scripts;

		private final Map<String, List<String>> methods = this.scripts.methods();

		private final Map<String, Map<String, ScriptState>> nodes = this.scripts.states(NODES_TIMEOUT);

		LuaScriptDescriptor describe(Script script, boolean source) {
			String name = script.name();
			ScriptCounters counters = this.scripts.statistics().counters(name);
			ScriptEdit edit = this.scripts.edit(name);
			return new LuaScriptDescriptor(script.sha1(), script.location(), script.bytes().length, script.readOnly(),
					script.flags(), this.methods.getOrDefault(name, List.of()).stream().distinct().sorted().toList(),
					counters.calls(), counters.errors(), counters.reloads(), states(name), this.scripts.warnings(name),
					(edit != null) ? new EditDescriptor(edit.time(), edit.problem() == null, edit.problem()) : null,
					source ? new String(script.bytes(), StandardCharsets.UTF_8) : null);
		}

		private Map<String, NodeState> states(String script) {
			Map<String, NodeState> states = new TreeMap<>();
			this.nodes.getOrDefault(script, Map.of())
				.forEach((node, state) -> states.put(node, NodeState.valueOf(state.name())));
			return states;
		}

	}

	/**
	 * Whether a node has a script.
	 */
	public enum NodeState {

		/**
		 * The node has the script.
		 */
		LOADED,

		/**
		 * The node does not have the script.
		 */
		MISSING,

		/**
		 * The node did not answer.
		 */
		UNREACHABLE

	}

	/**
	 * The scripts of the application.
	 *
	 * @param scripts the scripts by name
	 */
	public record LuaScriptsDescriptor(Map<String, LuaScriptDescriptor> scripts) implements OperationResponseBody {

	}

	/**
	 * A script.
	 *
	 * @param sha1 the digest under which Redis knows it
	 * @param location where it was found
	 * @param size its size in bytes
	 * @param readOnly whether it says itself that it never writes
	 * @param flags the flags of its {@code #!lua} line
	 * @param methods the methods that run it
	 * @param calls how often it was called
	 * @param errors how many of the calls failed
	 * @param reloads how often it had to be loaded again because a node did not know it
	 * @param nodes the nodes, and whether they have it
	 * @param warnings what is wrong with it
	 * @param lastEdit the last change of its file while the application runs,
	 * {@code null} if there was none
	 * @param source its source, {@code null} if it is not to be shown
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record LuaScriptDescriptor(String sha1, String location, int size, boolean readOnly, Set<String> flags,
			List<String> methods, long calls, long errors, long reloads, Map<String, NodeState> nodes,
			List<String> warnings, @Nullable EditDescriptor lastEdit,
			@Nullable String source) implements OperationResponseBody {

	}

	/**
	 * A change of a script's file.
	 *
	 * @param time when it was looked at
	 * @param applied whether the script was replaced
	 * @param problem why it was not, {@code null} if it was
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record EditDescriptor(Instant time, boolean applied, @Nullable String problem) {

	}

	/**
	 * What a preload did.
	 *
	 * @param nodes the nodes, each with the number of scripts that it had to load
	 * @param failed the nodes that could not be loaded, and why, {@code null} if all
	 * could
	 * @param rejected the scripts that Redis refuses, and why, {@code null} if it refuses
	 * none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record PreloadDescriptor(Map<String, Integer> nodes, @Nullable Map<String, String> failed,
			@Nullable Map<String, String> rejected) implements OperationResponseBody {

	}

}
