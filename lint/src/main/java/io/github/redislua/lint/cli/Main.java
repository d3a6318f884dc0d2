package io.github.redislua.lint.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.redislua.lint.Finding;
import io.github.redislua.lint.Report;
import io.github.redislua.lint.ScriptChecker;
import io.github.redislua.lint.ScriptSource;
import io.github.redislua.lint.Severity;

/**
 * {@code java -jar redis-lua-lint.jar [--cluster] [--json|--sarif] folder…}: checks every
 * {@code *.lua} below the folders. The exit status is 0 without errors, 1 with errors, 2
 * if it was called in a wrong way.
 */
public final class Main {

	private static final String USAGE = """
			usage: java -jar redis-lua-lint.jar [--cluster] [--json|--sarif] folder...

			Checks the Redis scripts (*.lua) below the folders, or the files given.
			  --cluster  the scripts run on a cluster
			  --json     report as JSON
			  --sarif    report as SARIF 2.1.0
			exit status: 0 no errors, 1 errors, 2 wrong usage""";

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
		boolean cluster = false;
		String format = "";
		List<Path> folders = new ArrayList<>();
		for (String arg : args) {
			if (arg.equals("--cluster")) {
				cluster = true;
			}
			else if ((arg.equals("--json") || arg.equals("--sarif")) && (format.isEmpty() || format.equals(arg))) {
				format = arg;
			}
			else if (arg.equals("--help") || arg.equals("-h")) {
				out.println(USAGE);
				return 0;
			}
			else if (arg.startsWith("-")) {
				return usage(err, "unexpected option: " + arg);
			}
			else if (!Files.exists(Path.of(arg))) {
				return usage(err, "no such folder: " + arg);
			}
			else {
				folders.add(Path.of(arg));
			}
		}
		if (folders.isEmpty()) {
			return usage(err, "no folder given");
		}
		try {
			return check(ScriptChecker.builder().cluster(cluster).build(), folders, format, out);
		}
		catch (IOException ex) {
			err.println("cannot read: " + ex.getMessage());
			return 2;
		}
	}

	private static int usage(PrintStream err, String problem) {
		err.println(problem);
		err.println(USAGE);
		return 2;
	}

	private static int check(ScriptChecker checker, List<Path> folders, String format, PrintStream out)
			throws IOException {
		List<Path> files = new ArrayList<>();
		for (Path folder : folders) {
			collect(folder, files);
		}
		List<Finding> findings = new ArrayList<>();
		for (Path file : files) {
			findings.addAll(checker.check(ScriptSource.of(file)).findings());
		}
		Report report = Report.of(findings);
		switch (format) {
			case "--json" -> out.println(report.toJson());
			case "--sarif" -> out.println(report.toSarif());
			default -> print(report, files.size(), out);
		}
		return report.hasErrors() ? 1 : 0;
	}

	private static void collect(Path folder, List<Path> files) throws IOException {
		if (!Files.isDirectory(folder)) {
			files.add(folder);
			return;
		}
		List<Path> found = new ArrayList<>();
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (file.toString().endsWith(".lua") && attributes.isRegularFile()) {
					found.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

		});
		Collections.sort(found);
		files.addAll(found);
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
