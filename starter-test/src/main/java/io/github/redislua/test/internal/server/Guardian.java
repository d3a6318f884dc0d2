package io.github.redislua.test.internal.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.internal.binary.EmbeddedBinary;

/**
 * Ends servers whose JVM was killed and could not do it itself: a shell that knows their
 * process ids and waits for the end of its input, which comes with the end of the JVM. It
 * only lives while servers do. Without a POSIX shell there is no guardian.
 */
final class Guardian {

	private static final String SCRIPT = """
			trap '' HUP INT TERM
			pids=
			while read -r change pid; do
			  if [ "$change" = + ]; then pids="$pids $pid"; continue; fi
			  rest=
			  for each in $pids; do [ "$each" = "$pid" ] || rest="$rest $each"; done
			  pids=$rest
			done
			[ -z "$pids" ] || kill -9 $pids
			""";

	private static final Set<Long> GUARDED = new HashSet<>();

	private static @Nullable Process shell;

	private Guardian() {
	}

	static synchronized void add(Process server) {
		try {
			if (shell == null && !EmbeddedBinary.isWindows()) {
				shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT).redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.redirectError(ProcessBuilder.Redirect.DISCARD)
					.start();
			}
			GUARDED.add(server.pid());
			tell('+', server.pid());
		}
		catch (IOException ex) {
			// The shutdown hook is still there.
		}
	}

	static synchronized void remove(Process server) {
		if (GUARDED.remove(server.pid())) {
			try {
				tell('-', server.pid());
			}
			catch (IOException ex) {
				// It guards nothing any more.
			}
			if (GUARDED.isEmpty()) {
				end();
			}
		}
	}

	private static void tell(char change, long pid) throws IOException {
		if (shell != null) {
			OutputStream out = shell.getOutputStream();
			out.write("%s %s%n".formatted(change, pid).getBytes(StandardCharsets.US_ASCII));
			out.flush();
		}
	}

	private static void end() {
		if (shell != null) {
			try {
				shell.getOutputStream().close();
				shell.waitFor();
			}
			catch (IOException ex) {
				shell.destroyForcibly();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			shell = null;
		}
	}

}
