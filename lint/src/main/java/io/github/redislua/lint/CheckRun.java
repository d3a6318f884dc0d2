package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Reads many scripts on two threads. At a start nothing is compiled yet, and reading is
 * all that the start waits for.
 */
final class CheckRun implements Runnable {

	/** Fewer bytes than this are read before another thread would have started. */
	private static final int WORTH_A_THREAD = 50_000;

	private final ScriptChecker checker;

	private final List<ScriptSource> sources;

	private final @Nullable ScriptCheck[] checks;

	private final AtomicInteger next = new AtomicInteger();

	private CheckRun(ScriptChecker checker, List<ScriptSource> sources) {
		this.checker = checker;
		this.sources = sources;
		this.checks = new ScriptCheck[sources.size()];
	}

	static List<ScriptCheck> run(ScriptChecker checker, List<ScriptSource> sources) {
		CheckRun run = new CheckRun(checker, sources);
		Thread helper = null;
		if (run.isLarge() && Runtime.getRuntime().availableProcessors() > 1) {
			helper = new Thread(run, "redis-lua-lint");
			helper.setDaemon(true);
			helper.start();
		}
		run.run();
		return run.result(helper);
	}

	private boolean isLarge() {
		long bytes = 0;
		for (ScriptSource source : this.sources) {
			bytes += source.bytes().length;
		}
		return this.sources.size() > 1 && bytes > WORTH_A_THREAD;
	}

	@Override
	public void run() {
		int count = this.sources.size();
		for (int i = this.next.getAndIncrement(); i < count; i = this.next.getAndIncrement()) {
			this.checks[i] = this.checker.check(this.sources.get(i));
		}
	}

	private List<ScriptCheck> result(@Nullable Thread helper) {
		boolean interrupted = false;
		while (helper != null) {
			try {
				helper.join();
				helper = null;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		List<ScriptCheck> result = new ArrayList<>(this.checks.length);
		for (int i = 0; i < this.checks.length; i++) {
			ScriptCheck check = this.checks[i];
			// What the other thread failed at fails here, where somebody sees it.
			result.add((check != null) ? check : this.checker.check(this.sources.get(i)));
		}
		return result;
	}

}
