package io.github.redislua.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.github.redislua.lint.ScriptCheck;
import io.github.redislua.lint.ScriptChecker;
import io.github.redislua.lint.ScriptSource;

/**
 * The checker on 25 scripts of 40 KB each: warm, and as a start meets it, where nothing
 * is loaded or compiled yet. Such a start also with 25 scripts of the usual size, which
 * are 40 KB together.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LintBenchmark {

	private static final String SCRIPT = """
			do
			  -- KEYS[1] the bucket, ARGV[1] its capacity, ARGV[2] tokens a second, ARGV[3] the time
			  local bucket, capacity, rate = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
			  local now = tonumber(ARGV[3])
			  local state = redis.call('HMGET', bucket, 'tokens', 'time')
			  local tokens = tonumber(state[1]) or capacity
			  local time = tonumber(state[2]) or now
			  tokens = math.min(capacity, tokens + math.max(0, now - time) * rate)
			  local allowed = tokens >= 1
			  if allowed then
			    tokens = tokens - 1
			  end
			  redis.call('HSET', bucket, 'tokens', tostring(tokens), 'time', now)
			  redis.call('PEXPIRE', bucket, math.ceil(capacity / rate) * 1000)
			  for i, member in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
			    if member ~= ARGV[4] and i > 10 then
			      redis.call('ZREM', KEYS[2], member)
			    end
			  end
			end
			""";

	private final List<ScriptSource> sources = sources(40 * 1024);

	private final List<ScriptSource> usual = sources(40 * 1024 / 25);

	private static List<ScriptSource> sources(int size) {
		List<ScriptSource> sources = new ArrayList<>();
		for (int i = 0; i < 25; i++) {
			sources
				.add(ScriptSource.of(i + ".lua", SCRIPT.repeat(Math.max(1, size / SCRIPT.length())) + "return " + i));
		}
		return sources;
	}

	@Benchmark
	@BenchmarkMode(Mode.AverageTime)
	@Fork(1)
	@Warmup(iterations = 5, time = 2)
	@Measurement(iterations = 5, time = 2)
	public List<ScriptCheck> warm() {
		return ScriptChecker.create().checkAll(this.sources);
	}

	@Benchmark
	@BenchmarkMode(Mode.SingleShotTime)
	@Fork(10)
	@Warmup(iterations = 0)
	@Measurement(iterations = 1)
	public List<ScriptCheck> cold() {
		return ScriptChecker.create().checkAll(this.sources);
	}

	@Benchmark
	@BenchmarkMode(Mode.SingleShotTime)
	@Fork(10)
	@Warmup(iterations = 0)
	@Measurement(iterations = 1)
	public List<ScriptCheck> coldUsual() {
		return ScriptChecker.create().checkAll(this.usual);
	}

}
