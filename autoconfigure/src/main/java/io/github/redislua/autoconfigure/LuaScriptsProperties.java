package io.github.redislua.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import io.github.redislua.CheckMode;
import io.github.redislua.PreloadMode;
import io.github.redislua.internal.script.ScriptScanner;

/**
 * Settings of Redis Lua scripts.
 */
@ConfigurationProperties("redis-lua")
public class LuaScriptsProperties {

	/**
	 * Whether to look for interfaces with @LuaScript methods and to make beans of them.
	 */
	private boolean enabled = true;

	/**
	 * Roots below which *.lua files are looked for, in folders and in jars.
	 */
	private List<String> locations = new ArrayList<>(List.of(ScriptScanner.DEFAULT_LOCATION));

	/**
	 * Text put before every key.
	 */
	private String keyPrefix = "";

	/**
	 * Name of the RedisConnectionFactory bean to use. By default the primary one.
	 */
	private @Nullable String connectionFactory;

	/**
	 * Whether to read script files again that are changed, without a restart. By default
	 * only where devtools is active.
	 */
	private boolean reload = false;

	private final Checker checker = new Checker();

	private final Preload preload = new Preload();

	private final Observation observation = new Observation();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public List<String> getLocations() {
		return this.locations;
	}

	public void setLocations(List<String> locations) {
		this.locations = locations;
	}

	public String getKeyPrefix() {
		return this.keyPrefix;
	}

	public void setKeyPrefix(String keyPrefix) {
		this.keyPrefix = keyPrefix;
	}

	public @Nullable String getConnectionFactory() {
		return this.connectionFactory;
	}

	public void setConnectionFactory(@Nullable String connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	public boolean isReload() {
		return this.reload;
	}

	public void setReload(boolean reload) {
		this.reload = reload;
	}

	public Checker getChecker() {
		return this.checker;
	}

	public Observation getObservation() {
		return this.observation;
	}

	public Preload getPreload() {
		return this.preload;
	}

	/**
	 * The script checker.
	 */
	public static class Checker {

		/**
		 * What happens when the script checker finds a mistake at start-up.
		 */
		private CheckMode mode = CheckMode.ERROR;

		/**
		 * Checker rules that all scripts may break.
		 */
		private List<String> allow = new ArrayList<>();

		/**
		 * Global variables that the servers in use have, as name or library.member.
		 */
		private List<String> globals = new ArrayList<>();

		/**
		 * Commands that the servers in use have, those of modules for instance.
		 */
		private List<String> commands = new ArrayList<>();

		/**
		 * Flags of a script's first line that the servers in use know.
		 */
		private List<String> flags = new ArrayList<>();

		public CheckMode getMode() {
			return this.mode;
		}

		public void setMode(CheckMode mode) {
			this.mode = mode;
		}

		public List<String> getAllow() {
			return this.allow;
		}

		public void setAllow(List<String> allow) {
			this.allow = allow;
		}

		public List<String> getGlobals() {
			return this.globals;
		}

		public void setGlobals(List<String> globals) {
			this.globals = globals;
		}

		public List<String> getCommands() {
			return this.commands;
		}

		public void setCommands(List<String> commands) {
			this.commands = commands;
		}

		public List<String> getFlags() {
			return this.flags;
		}

		public void setFlags(List<String> flags) {
			this.flags = flags;
		}

	}

	/**
	 * Loading of scripts at start-up.
	 */
	public static class Preload {

		/**
		 * What happens at start-up when a node cannot be loaded with scripts.
		 */
		private PreloadMode mode = PreloadMode.LENIENT;

		/**
		 * How long to wait for a node. 0 means no limit.
		 */
		private Duration timeout = Duration.ofSeconds(10);

		public PreloadMode getMode() {
			return this.mode;
		}

		public void setMode(PreloadMode mode) {
			this.mode = mode;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * Observation of calls.
	 */
	public static class Observation {

		/**
		 * Whether calls are observed, which makes timers and spans of them where the
		 * application has any.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
