package io.github.redislua.lint.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.redislua.lint.Report;
import io.github.redislua.lint.ScriptChecker;
import io.github.redislua.lint.ScriptFiles;
import io.github.redislua.lint.Severity;

/**
 * {@code java -jar redis-lua-lint.jar [--cluster] [--json|--sarif] folder…}: checks every
 * {@code *.lua} below the folders. The exit status is 0 without errors, 1 with errors, 2
 * if it was called in a wrong way.
 */
public final class Main {

	private static final String USAGE = """
			usage: java -jar redis-lua-lint.jar [options] folder...

			Checks the Redis scripts (*.lua) below the folders, or the files given.
			  --cluster              the scripts run on a cluster
			  --json                 report as JSON
			  --sarif                report as SARIF 2.1.0
			  --allow=rule,...       rules to be silent about, such as undeclared-key
			  --global=name,...      globals that the servers have besides the usual ones
			  --command=name,...     commands that the servers have, a module's for instance
			  --flag=name,...        flags of the first line that the servers know
			  --                     what follows is no option
			exit status: 0 no errors, 1 errors, 2 wrong usage""";

	private final ScriptChecker.Builder checker = ScriptChecker.builder();

	private final List<Path> folders = new ArrayList<>();

	private String format = "";

	private Main() {
	}

	/**
	 * Runs the tool and ends the JVM with its exit status.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
		int status = run(args, out, System.err);
		out.flush();
		System.exit(status);
	}

	static int run(String[] args, PrintStream out, PrintStream err) {
		Main main = new Main();
		try {
			boolean options = true;
			for (String arg : args) {
				if (!options) {
					main.folders.add(folder(arg));
					continue;
				}
				if (arg.equals("--")) {
					options = false;
					continue;
				}
				if (arg.equals("--help") || arg.equals("-h")) {
					out.println(USAGE);
					return 0;
				}
				main.argument(arg);
			}
			if (main.folders.isEmpty()) {
				throw new IllegalArgumentException("no folder given");
			}
			return main.check(out);
		}
		catch (IllegalArgumentException ex) {
			err.println(ex.getMessage());
			err.println(USAGE);
			return 2;
		}
		catch (IOException | UncheckedIOException ex) {
			err.println("cannot read: " + ex.getMessage());
			return 2;
		}
	}

	private void argument(String arg) {
		if (arg.equals("--cluster")) {
			this.checker.cluster(true);
		}
		else if ((arg.equals("--json") || arg.equals("--sarif"))
				&& (this.format.isEmpty() || this.format.equals(arg))) {
			this.format = arg;
		}
		else if (arg.startsWith("-")) {
			int equals = arg.indexOf('=');
			if (equals < 0 || equals == arg.length() - 1) {
				throw new IllegalArgumentException("unexpected option: " + arg);
			}
			list(arg, arg.substring(0, equals), List.of(arg.substring(equals + 1).split(",")));
		}
		else {
			this.folders.add(folder(arg));
		}
	}

	private void list(String arg, String option, List<String> values) {
		switch (option) {
			case "--allow" -> this.checker.suppress(values);
			case "--global" -> this.checker.extraGlobals(values);
			case "--command" -> this.checker.extraCommands(values);
			case "--flag" -> this.checker.extraFlags(values);
			default -> throw new IllegalArgumentException("unexpected option: " + arg);
		}
	}

	private static Path folder(String arg) {
		try {
			Path path = Path.of(arg);
			// An empty path would be the current folder, and most often an empty
			// variable.
			if (!arg.isEmpty() && Files.exists(path)) {
				return path;
			}
		}
		catch (InvalidPathException ex) {
			// Said below.
		}
		throw new IllegalArgumentException("no such folder: " + (arg.isEmpty() ? "''" : arg));
	}

	private int check(PrintStream out) throws IOException {
		List<Path> files = ScriptFiles.below(this.folders);
		Report report = this.checker.build().checkFolders(files.toArray(new Path[0]));
		switch (this.format) {
			case "--json" -> out.println(report.toJson());
			case "--sarif" -> out.println(report.toSarif());
			default -> print(report, files.size(), out);
		}
		return report.hasErrors() ? 1 : 0;
	}

	private static void print(Report report, int files, PrintStream out) {
		if (!report.isEmpty()) {
			out.println(report);
			out.println();
		}
		out.println(number(files, "script") + ", " + number(report.count(Severity.ERROR), "error") + ", "
				+ number(report.count(Severity.WARN), "warning"));
	}

	private static String number(int n, String noun) {
		return n + " " + noun + ((n == 1) ? "" : "s");
	}

}
