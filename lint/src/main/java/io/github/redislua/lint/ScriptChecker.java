package io.github.redislua.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.command.CommandTable;

/**
 * Checks scripts. Immutable and safe for use by several threads.
 *
 * <pre>{@code
 * ScriptChecker checker = ScriptChecker.builder().cluster(true).build();
 * ScriptCheck check = checker.check(ScriptSource.of("lua/rate.lua", text));
 * Report report = Report.of(check.findings());
 * }</pre>
 */
public final class ScriptChecker {

	private final boolean cluster;

	private final Set<String> extraGlobals;

	private final Set<String> extraFlags;

	private final Set<Rule> suppressed;

	private final CommandTable commands;

	private ScriptChecker(Builder builder) {
		this.cluster = builder.cluster;
		this.extraGlobals = Set.copyOf(builder.extraGlobals);
		this.extraFlags = Set.copyOf(builder.extraFlags);
		this.suppressed = Collections.unmodifiableSet(builder.suppressed);
		this.commands = builder.commands.withExtra(builder.extraCommands);
	}

	/**
	 * A checker with the defaults: no cluster, no server asked, nothing suppressed.
	 * @return the checker
	 */
	public static ScriptChecker create() {
		return builder().build();
	}

	/**
	 * Starts a checker.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Reads a script and checks it by itself.
	 * @param source the script
	 * @return the findings, and the script ready to be held against methods
	 */
	public ScriptCheck check(ScriptSource source) {
		return new ScriptCheck(source, this, null);
	}

	/**
	 * Reads scripts and checks each by itself: the fast way for all scripts of an
	 * application, which takes a second thread where that pays.
	 * @param sources the scripts
	 * @return the checks in the same order
	 */
	public List<ScriptCheck> checkAll(Collection<ScriptSource> sources) {
		return CheckRun.run(this, List.copyOf(sources));
	}

	/**
	 * Checks a script, and against a method if there is one.
	 * @param source the script
	 * @param contract the method, or null
	 * @return the findings in order
	 */
	public List<Finding> check(ScriptSource source, @Nullable MethodContract contract) {
		ScriptCheck check = check(source);
		if (contract == null) {
			return check.findings();
		}
		List<Finding> findings = new ArrayList<>(check.findings());
		findings.addAll(check.against(contract));
		Collections.sort(findings);
		return findings;
	}

	/**
	 * Checks every {@code *.lua} below some folders, each by itself. In a test:
	 * <pre>{@code
	 * ScriptChecker.create().checkFolders(Path.of("src/main/resources/lua")).assertNoErrors();
	 * }</pre>
	 * @param folders folders, or files of any name
	 * @return one report of all scripts, which are named as the paths are written
	 * @throws UncheckedIOException if a folder is not there or cannot be read
	 */
	public Report checkFolders(Path... folders) {
		List<ScriptSource> sources = new ArrayList<>();
		try {
			for (Path file : ScriptFiles.below(List.of(folders))) {
				sources.add(ScriptSource.of(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		List<Finding> findings = new ArrayList<>();
		for (ScriptCheck check : checkAll(sources)) {
			findings.addAll(check.findings());
		}
		return Report.of(findings);
	}

	/**
	 * A checker with the same settings that takes a server's word for its commands. What
	 * was checked before is looked at again by {@link ScriptCheck#with(ScriptChecker)}.
	 * @param names the names the server was asked for, in this order, such as
	 * {@link ScriptFacts#commands()} of all scripts
	 * @param commandInfo the answer of {@code COMMAND INFO name …}: a list with an
	 * element a name, null where the command is unknown; strings may be bytes. Null or
	 * another length (a server that forbids the command) changes nothing
	 * @return another checker
	 */
	public ScriptChecker withServer(Collection<String> names, @Nullable List<?> commandInfo) {
		Builder builder = new Builder();
		builder.cluster = this.cluster;
		builder.extraGlobals.addAll(this.extraGlobals);
		builder.extraFlags.addAll(this.extraFlags);
		builder.suppressed.addAll(this.suppressed);
		builder.commands = this.commands.withServer(List.copyOf(names), commandInfo);
		return builder.build();
	}

	boolean cluster() {
		return this.cluster;
	}

	Set<String> extraGlobals() {
		return this.extraGlobals;
	}

	Set<String> extraFlags() {
		return this.extraFlags;
	}

	Set<Rule> suppressed() {
		return this.suppressed;
	}

	CommandTable commands() {
		return this.commands;
	}

	/**
	 * Settings of a {@link ScriptChecker}.
	 */
	public static final class Builder {

		private final Set<String> extraGlobals = new HashSet<>();

		private final Set<String> extraFlags = new HashSet<>();

		private final Set<String> extraCommands = new HashSet<>();

		private final Set<Rule> suppressed = EnumSet.noneOf(Rule.class);

		private CommandTable commands = CommandTable.offline();

		private boolean cluster;

		private Builder() {
		}

		/**
		 * Whether the scripts run on a cluster.
		 * @param value whether they do
		 * @return this
		 */
		public Builder cluster(boolean value) {
			this.cluster = value;
			return this;
		}

		/**
		 * Globals that the servers in use have, {@code name} or {@code library.member}.
		 * @param names the names
		 * @return this
		 */
		public Builder extraGlobals(Collection<String> names) {
			this.extraGlobals.addAll(names);
			return this;
		}

		/**
		 * Commands that the servers in use have, those of modules for instance.
		 * @param names the names in any case
		 * @return this
		 */
		public Builder extraCommands(Collection<String> names) {
			this.extraCommands.addAll(names);
			return this;
		}

		/**
		 * Flags of the shebang line that the servers in use know.
		 * @param names the names
		 * @return this
		 */
		public Builder extraFlags(Collection<String> names) {
			this.extraFlags.addAll(names);
			return this;
		}

		/**
		 * Rules to be silent about in all scripts. Those about what the server refuses to
		 * load stay.
		 * @param ids the ids, such as {@code undeclared-key}
		 * @return this
		 * @throws IllegalArgumentException if there is no such rule
		 */
		public Builder suppress(Collection<String> ids) {
			for (String id : ids) {
				Rule rule = Rule.of(id);
				if (rule == null) {
					throw new IllegalArgumentException("No rule has the id '" + id + "'");
				}
				this.suppressed.add(rule);
			}
			return this;
		}

		/**
		 * Builds the checker.
		 * @return the checker
		 */
		public ScriptChecker build() {
			return new ScriptChecker(this);
		}

	}

}
