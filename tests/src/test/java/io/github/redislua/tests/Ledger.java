package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls under load, each with an id of its own that the script counts: afterwards calls =
 * answered + failed, and the server knows how often each call ran.
 */
final class Ledger {

	/**
	 * The ids are spread over so many keys, and with them over the nodes of a cluster.
	 */
	static final int KEYS = 48;

	private final AtomicLong calls = new AtomicLong();

	private final Queue<String> answered = new ConcurrentLinkedQueue<>();

	private final Map<String, Throwable> failed = new ConcurrentHashMap<>();

	private final AtomicLong wrong = new AtomicLong();

	private volatile long lastFailure;

	private volatile long firstFailure;

	/**
	 * Makes calls on several threads, as many as fit into the time.
	 * @param threads how many threads
	 * @param time how long
	 * @param call makes one call and returns its answer
	 * @param meanwhile what to do while they run
	 */
	void run(int threads, Duration time, Call call, Disturbance meanwhile) throws Exception {
		AtomicBoolean stop = new AtomicBoolean();
		List<Thread> workers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Thread worker = new Thread(() -> {
				while (!stop.get()) {
					once(call);
				}
			});
			worker.start();
			workers.add(worker);
		}
		try {
			meanwhile.run(System.nanoTime() + time.toNanos());
		}
		finally {
			stop.set(true);
			for (Thread worker : workers) {
				worker.join(60_000);
				assertThat(worker.isAlive()).as("every call ends").isFalse();
			}
		}
	}

	/**
	 * Makes calls, each on a thread of its own and all of them at once.
	 * @param threads starts a thread for each task
	 * @param count how many calls
	 * @param call makes one call and returns its answer
	 * @param meanwhile what to do while they run
	 * @param time how long all of it may take
	 */
	void runEach(ExecutorService threads, int count, Call call, Runnable meanwhile, Duration time) throws Exception {
		for (int i = 0; i < count; i++) {
			threads.execute(() -> once(call));
			if (i == count / 2) {
				meanwhile.run();
			}
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS)).as("every call ends").isTrue();
	}

	private void once(Call call) {
		long number = this.calls.incrementAndGet();
		String id = "call" + number;
		try {
			long count = call.count(key(number), id);
			this.answered.add(id);
			if (count != 1) {
				this.wrong.incrementAndGet();
			}
		}
		catch (RuntimeException ex) {
			this.failed.put(id, ex);
			long now = System.nanoTime();
			if (this.firstFailure == 0) {
				this.firstFailure = now;
			}
			this.lastFailure = now;
		}
	}

	static String key(long number) {
		return "ledger:" + (number % KEYS);
	}

	long calls() {
		return this.calls.get();
	}

	/**
	 * From the first failed call to the last.
	 * @return the time, zero if no call failed
	 */
	Duration failureWindow() {
		return Duration.ofNanos(this.lastFailure - this.firstFailure);
	}

	long failed() {
		return this.failed.size();
	}

	/**
	 * Compares with what the servers counted.
	 * @param hash reads the counts of a key
	 * @return the sums
	 */
	Sums settle(Function<String, Map<String, String>> hash) {
		return settle(hash, true);
	}

	/**
	 * Compares with what the servers counted.
	 * @param hash reads the counts of a key
	 * @param strict whether no call may have run twice
	 * @return the sums
	 */
	Sums settle(Function<String, Map<String, String>> hash, boolean strict) {
		Map<String, String> counts = new TreeMap<>();
		for (int i = 0; i < KEYS; i++) {
			counts.putAll(hash.apply(key(i)));
		}
		long twice = counts.values().stream().filter((count) -> Long.parseLong(count) > 1).count();
		long missing = this.answered.stream().filter((id) -> !counts.containsKey(id)).count();
		long unknown = this.failed.keySet().stream().filter(counts::containsKey).count();
		Sums sums = new Sums(this.calls.get(), this.answered.size(), this.failed.size(), twice, missing, unknown,
				this.wrong.get());
		assertThat(sums.answered() + sums.failed()).as("calls = answered + failed").isEqualTo(sums.calls());
		if (strict) {
			assertThat(sums.twice()).as("ids counted above 1, in " + sums).isZero();
			assertThat(sums.wrong()).as("wrong answers, in " + sums).isZero();
		}
		return sums;
	}

	Sums settle(StringRedisTemplate template) {
		return settle((key) -> template.<String, String>opsForHash().entries(key));
	}

	void assertNoFailures() {
		assertThat(this.failed).as("failed calls").isEmpty();
	}

	/**
	 * How the failed calls failed.
	 * @return the number of calls by the short name of their exception
	 */
	Map<String, Long> failures() {
		Map<String, Long> result = new TreeMap<>();
		this.failed.values().forEach((ex) -> result.merge(ex.getClass().getSimpleName(), 1L, Long::sum));
		return result;
	}

	/**
	 * What came of the calls.
	 *
	 * @param calls how many were made
	 * @param answered how many had an answer
	 * @param failed how many threw
	 * @param twice how many the servers ran more than once
	 * @param missing how many had an answer, but the servers have forgotten them
	 * @param ranThoughFailed how many threw, but did run
	 * @param wrong how many had another answer than the one that was due
	 */
	record Sums(long calls, long answered, long failed, long twice, long missing, long ranThoughFailed, long wrong) {

	}

	/**
	 * One call.
	 */
	@FunctionalInterface
	interface Call {

		long count(String key, String id);

	}

	/**
	 * What goes wrong while calls are made.
	 */
	@FunctionalInterface
	interface Disturbance {

		void run(long deadline) throws Exception;

	}

	/**
	 * Counts the runs of each call.
	 */
	interface Counter {

		String SOURCE = "return redis.call('HINCRBY', KEYS[1], ARGV[1], 1)";

		@LuaScript(source = SOURCE)
		long count(@Key String key, @Arg String id);

	}

}
