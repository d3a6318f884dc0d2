package io.github.redislua.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

import io.github.redislua.internal.repository.KnownScripts;
import io.github.redislua.internal.repository.ScriptEdit;
import io.github.redislua.internal.repository.ScriptParts;
import io.github.redislua.internal.repository.ScriptReload;
import io.github.redislua.internal.script.Script;

/**
 * Reads script files again that are changed while the application runs. It looks at them
 * regularly, which works on every file system, and takes a file when it has been the same
 * twice: editors do not write in one step. A script that cannot run, or a file that is
 * gone, leaves the old one in place.
 */
public final class LuaScriptsReloader implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(LuaScriptsReloader.class);

	private final KnownScripts scripts;

	private final ScriptReload reload;

	private final Duration interval;

	private final Duration timeout;

	private final Map<Path, FileStamp> read = new HashMap<>();

	private final Map<Path, FileStamp> seen = new HashMap<>();

	private final Map<Path, FileStamp> waiting = new HashMap<>();

	private final Map<Path, Integer> missing = new HashMap<>();

	private @Nullable CountDownLatch stopped;

	/**
	 * Create a new reloader.
	 * @param parts the scripts
	 * @param interval how often to look at the files
	 * @param timeout how long to wait for each server that a changed script is loaded on
	 */
	public LuaScriptsReloader(ScriptParts parts, Duration interval, Duration timeout) {
		this.scripts = parts.scripts();
		this.reload = parts.reload();
		this.interval = interval;
		this.timeout = timeout;
	}

	@Override
	public synchronized void start() {
		if (this.stopped != null) {
			return;
		}
		CountDownLatch stopped = new CountDownLatch(1);
		Thread thread = new Thread(() -> run(stopped), "redis-lua-reload");
		thread.setDaemon(true);
		thread.start();
		this.stopped = stopped;
	}

	@Override
	public synchronized void stop() {
		if (this.stopped != null) {
			this.stopped.countDown();
			this.stopped = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.stopped != null;
	}

	private void run(CountDownLatch stopped) {
		try {
			do {
				for (Script script : this.scripts.files()) {
					look(script);
				}
			}
			while (!stopped.await(this.interval.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look(Script script) {
		Path file = script.file();
		if (file == null) {
			return;
		}
		FileStamp now = FileStamp.of(file);
		if (now == null) {
			gone(script, file);
			return;
		}
		this.missing.remove(file);
		boolean settled = now.equals(this.seen.put(file, now));
		// What was changed between the start and the first look is not to be missed.
		if (settled && !now.equals(this.read.get(file))) {
			try {
				take(script, file);
				this.read.put(file, now);
			}
			catch (IOException ex) {
				logger.debug("Cannot read " + file + ", which the next look will tell", ex);
			}
			catch (DataAccessException ex) {
				// It is tried again, and said once.
				if (!now.equals(this.waiting.put(file, now))) {
					keep(script, "was changed in " + file + ", but stays as it was until a server takes it: "
							+ ex.getMessage());
				}
			}
			catch (RuntimeException ex) {
				this.read.put(file, now);
				logger.warn("Script '" + script.name() + "' was changed in " + file + ", but stays as it was", ex);
			}
		}
	}

	// An editor may delete a file for a moment, to write it anew.
	private void gone(Script script, Path file) {
		if (this.missing.merge(file, 1, Integer::sum) == 2) {
			keep(script, "stays as it was: " + file + " is gone");
		}
	}

	private void keep(Script script, String problem) {
		this.reload.keep(script, problem);
		logger.warn("Script '" + script.name() + "' " + problem);
	}

	private void take(Script script, Path file) throws IOException {
		Script changed = script.with(Files.readAllBytes(file));
		if (changed.sha1().equals(script.sha1())) {
			return;
		}
		ScriptEdit edit = this.reload.replace(changed, this.timeout);
		if (edit.problem() == null) {
			logger.info("Reloaded script '" + script.name() + "' (" + changed.sha1() + ") from " + file);
		}
		else {
			logger.warn("Script '" + script.name() + "' was changed in " + file + ", but stays as it was: "
					+ edit.problem());
		}
	}

}
