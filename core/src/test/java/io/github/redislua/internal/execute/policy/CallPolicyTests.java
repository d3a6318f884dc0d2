package io.github.redislua.internal.execute.policy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of decisions, row by row and without a server.
 */
class CallPolicyTests {

	private static final String PLAIN = "return redis.call('INCR', KEYS[1])";

	private static final String WITH_ERRORS = "return {err = ARGV[1]}";

	private static final String NOSCRIPT = "NOSCRIPT No matching script. Please use EVAL.";

	private static final String READONLY = "READONLY You can't write against a read only replica.";

	/** What the script with errors could return. */
	private static final String CODES = "NOSCRIPT READONLY MOVED ASK TRYAGAIN CLUSTERDOWN";

	private static final String RAISED = " script: 6b1bf486c81ceb7edf3c093f4c48582e38c0e791, on @user_script:1.";

	/**
	 * What follows an error reply, by its text; {@code -} is the caller's own error.
	 * Columns: one server, cluster, bound connection, one server and a script that can
	 * make the same words.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					NOSCRIPT No matching script. Please use EVAL. | LOAD EVALSHA | LOAD EVALSHA | EVAL | SCRIPT EXISTS
					NOSCRIPT in other words                       | SCRIPT EXISTS | SCRIPT EXISTS | SCRIPT EXISTS | SCRIPT EXISTS
					MOVED 7629 second:2                           | - | EVALSHA at second:2 (outdated) | - | -
					MOVED 7628 second:2                           | - | - | - | -
					MOVED nowhere                                 | - | - | - | -
					ASK 7629 second:2                             | - | ASKING EVALSHA at second:2 | - | -
					TRYAGAIN Multiple keys request during rehashing of slot | - | pause | - | -
					TRYAGAIN                                      | - | - | - | -
					CLUSTERDOWN The cluster is down               | - | pause (outdated) | - | -
					CLUSTERDOWN Hash slot not served              | - | pause (outdated) | - | -
					CLUSTERDOWN of some kind                      | - | - | - | -
					READONLY You can't write against a read only replica. | wait (reconnect) | pause (reconnect, outdated) | - (reconnect) | ROLE
					READONLY for other reasons                    | - | - | - | -
					BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE. | - | - | - | -
					LOADING Redis is loading the dataset in memory | - | - | - | -
					MASTERDOWN Link with MASTER is down           | - | - | - | -
					NOREPLICAS Not enough good replicas to write. | - | - | - | -
					OOM command not allowed when used memory > 'maxmemory'. | - | - | - | -
					NOPERM User has no permissions                | - | - | - | -
					NOAUTH Authentication required.               | - | - | - | -
					MISCONF Errors writing to the AOF file        | - | - | - | -
					CROSSSLOT Keys in request don't hash to the same slot | - | - | - | -
					ERR unknown command 'EVALSHA_RO'              | - | - | - | -
					ERR boom                                      | - | - | - | -
					boom                                          | - | - | - | -
					""")
	void anErrorReply(String text, String single, String cluster, String bound, String withErrors) {
		assertThat(decide(false, Mode.SINGLE, PLAIN, text)).as("one server").isEqualTo(single);
		assertThat(decide(true, Mode.SINGLE, PLAIN, text)).as("cluster").isEqualTo(cluster);
		assertThat(decide(false, Mode.BOUND, PLAIN, text)).as("bound").isEqualTo(bound);
		assertThat(decide(false, Mode.SINGLE, WITH_ERRORS, text)).as("a script with errors").isEqualTo(withErrors);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			MOVED 7629 second:2
			ASK 7629 second:2
			TRYAGAIN Multiple keys request during rehashing of slot
			CLUSTERDOWN The cluster is down
			""")
	void aRedirectionThatTheScriptCouldHaveMadeIsAskedFor(String text) {
		assertThat(decide(true, Mode.SINGLE, WITH_ERRORS, text)).isEqualTo("EXISTS");
	}

	@Test
	void anErrorInsideAReplyOrRaisedInTheScriptIsTheCallers() {
		for (String text : List.of(NOSCRIPT, "MOVED 7629 second:2", "TRYAGAIN Multiple keys request during rehashing",
				"CLUSTERDOWN The cluster is down")) {
			assertThat(decide(true, Mode.SINGLE, PLAIN, text + RAISED)).as(text).isEqualTo("-");
			assertThat(first(new Servers(true), Mode.SINGLE, PLAIN, false,
					Outcome.reply(new ErrorReply(text, true, null))))
				.as("nested " + text)
				.isEqualTo("-");
		}
		assertThat(decide(false, Mode.SINGLE, PLAIN, READONLY + RAISED)).isEqualTo("wait (reconnect)");
		assertThat(decide(false, Mode.SINGLE, WITH_ERRORS, READONLY + RAISED)).isEqualTo("ROLE");
	}

	/**
	 * What follows where there is no reply. Columns: one server, cluster, bound
	 * connection, one server and an idempotent method.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			NOT_SENT    | fails | pause (outdated) | fails | fails
			LOST        | fails (outdated) | fails (outdated) | fails (outdated) | EVALSHA (outdated)
			TIMED_OUT   | fails (outdated) | fails (outdated) | fails (outdated) | EVALSHA (outdated)
			CLOSED      | fails | fails | fails | fails
			INTERRUPTED | fails | fails | fails | fails
			""")
	void noReply(CallFailure.Kind kind, String single, String cluster, String bound, String idempotent) {
		Outcome outcome = new Outcome.Failed(failure(kind));
		assertThat(first(new Servers(false), Mode.SINGLE, PLAIN, false, outcome)).as("one server").isEqualTo(single);
		assertThat(first(new Servers(true), Mode.SINGLE, PLAIN, false, outcome)).as("cluster").isEqualTo(cluster);
		assertThat(first(new Servers(false), Mode.BOUND, PLAIN, false, outcome)).as("bound").isEqualTo(bound);
		assertThat(first(new Servers(false), Mode.SINGLE, PLAIN, true, outcome)).as("idempotent").isEqualTo(idempotent);
		assertThat(first(new Servers(false), Mode.BOUND, PLAIN, true, outcome)).as("idempotent, bound")
			.isEqualTo(bound);
	}

	@Test
	void aCallOfUnknownOutcomeIsSentAgainOnceWithItsWholeTimeAgain() {
		Servers servers = new Servers(false);
		long until = System.nanoTime();
		CallPolicy policy = new CallPolicy(servers.context, Mode.SINGLE, servers.call(PLAIN, false, true), until)
			.sentTo(servers.first, 0);
		assertThat(show(servers, policy.next(new Outcome.Failed(failure(CallFailure.Kind.TIMED_OUT)))))
			.isEqualTo("EVALSHA (outdated)");
		assertThat(policy.until() - until).isGreaterThan(TimeUnit.SECONDS.toNanos(9));
		assertThat(show(servers, policy.next(new Outcome.Failed(failure(CallFailure.Kind.LOST))))).startsWith("fails");
	}

	@Test
	void whatMayHaveRunAtFirstIsNotSaidNotToHaveRun() {
		Servers servers = new Servers(false);
		for (CallFailure.Kind first : List.of(CallFailure.Kind.LOST, CallFailure.Kind.TIMED_OUT)) {
			CallPolicy policy = policy(servers, Mode.SINGLE, PLAIN, true);
			policy.next(new Outcome.Failed(failure(first)));
			Step step = policy.next(new Outcome.Failed(failure(CallFailure.Kind.NOT_SENT)));
			assertThat(((Step.Fail) step).failure()).hasMessageEndingWith("whether the script ran is unknown");
		}
		CallPolicy policy = policy(servers, Mode.SINGLE, PLAIN, true);
		policy.next(new Outcome.Failed(failure(CallFailure.Kind.LOST)));
		Step.Done done = (Step.Done) policy.next(error("LOADING Redis is loading the dataset in memory"));
		assertThat(
				ScriptFailures.of(servers.call(PLAIN, false, true).target().script(), null, (ErrorReply) done.reply()))
			.hasMessageEndingWith("(first:1); whether an earlier attempt of the call ran the script is unknown");
	}

	@ParameterizedTest
	@MethodSource
	void theMessageSaysWhetherTheScriptRan(CallFailure.Kind kind, String fate) {
		Servers servers = new Servers(false);
		CallPolicy policy = policy(servers, Mode.SINGLE, PLAIN, false);
		Step step = policy.next(new Outcome.Failed(failure(kind)));
		assertThat(((Step.Fail) step).failure())
			.hasMessage("Script 'some' failed in Some.method(): it happened; " + fate);
	}

	static Stream<Arguments> theMessageSaysWhetherTheScriptRan() {
		return Arrays.stream(CallFailure.Kind.values())
			.map((kind) -> Arguments.of(kind, (kind == CallFailure.Kind.NOT_SENT)
					? "nothing was sent, the script did not run" : "whether the script ran is unknown"));
	}

	@Test
	void nothingIsSentWhenTheTimeIsOver() {
		Servers servers = new Servers(true);
		CallPolicy policy = new CallPolicy(servers.context, Mode.SINGLE, servers.call(PLAIN, false, false),
				System.nanoTime());
		assertThat(show(servers, policy.next(Outcome.READY))).isEqualTo("fails");
		CallPolicy refused = new CallPolicy(servers.context, Mode.SINGLE, servers.call(PLAIN, false, false),
				System.nanoTime())
			.sentTo(servers.first, 0);
		assertThat(show(servers, refused.next(error("CLUSTERDOWN The cluster is down")))).isEqualTo("- (outdated)");
		assertThat(show(servers, refused.next(Outcome.OUT_OF_TIME))).isEqualTo("-");
	}

	@Test
	void serversThatAreNotKnownAreWaitedFor() {
		Servers servers = new Servers(true);
		servers.known = false;
		CallPolicy policy = new CallPolicy(servers.context, Mode.SINGLE, servers.call(PLAIN, false, false), later());
		assertThat(show(servers, policy.next(Outcome.READY))).isEqualTo("wait");
		servers.known = true;
		assertThat(show(servers, policy.next(Outcome.READY))).isEqualTo("EVALSHA");
	}

	@Test
	void aMissingScriptIsLoadedByOneAndTheOthersWait() {
		Servers servers = new Servers(false);
		ScriptCall call = servers.call(PLAIN, false, false);
		Supplier<CallPolicy> policies = () -> new CallPolicy(servers.context, Mode.SINGLE, call, later())
			.sentTo(servers.first, 0);
		CallPolicy one = policies.get();
		CallPolicy other = policies.get();
		assertThat(show(servers, one.next(error(NOSCRIPT)))).isEqualTo("LOAD EVALSHA");
		Step wait = other.next(error(NOSCRIPT));
		assertThat(show(servers, wait)).isEqualTo("wait");
		assertThat(show(servers, one.next(replies(Resp.ascii("sha"), 1L)))).isEqualTo("1 (healed)");
		assertThat(((Step.Wait) wait).event()).isDone();
		assertThat(show(servers, other.next(Outcome.READY))).isEqualTo("EVALSHA");
		one.close();
		assertThat(servers.events).containsExactly("missed");
	}

	@Test
	void aTurnEndsWhateverEndsTheCall() {
		for (Outcome outcome : List.of(new Outcome.Failed(failure(CallFailure.Kind.LOST)), Outcome.OUT_OF_TIME,
				replies(new ErrorReply("BUSY", false, null), new ErrorReply("BUSY", false, null)))) {
			Servers servers = new Servers(false);
			ScriptCall call = servers.call(PLAIN, false, false);
			CallPolicy one = new CallPolicy(servers.context, Mode.SINGLE, call, later()).sentTo(servers.first, 0);
			one.next(error(NOSCRIPT));
			one.next(outcome);
			CallPolicy other = new CallPolicy(servers.context, Mode.SINGLE, call, later()).sentTo(servers.first, 0);
			assertThat(show(servers, other.next(error(NOSCRIPT)))).startsWith("LOAD EVALSHA");
		}
	}

	@Test
	void whereLoadingIsRefusedTheSourceIsSent() {
		Servers servers = new Servers(false);
		CallPolicy policy = policy(servers, Mode.SINGLE, PLAIN, false);
		policy.next(error(NOSCRIPT));
		ErrorReply refusal = new ErrorReply("NOPERM User has no permissions to run the 'script|load' command", false,
				null);
		assertThat(show(servers, policy.next(replies(refusal, new ErrorReply(NOSCRIPT, false, null)))))
			.isEqualTo("EVAL");
		CallPolicy next = policy(servers, Mode.SINGLE, PLAIN, false);
		assertThat(show(servers, next.next(error(NOSCRIPT)))).isEqualTo("EVAL");
	}

	@Test
	void aFlushInBetweenIsAnsweredWithTheSource() {
		Servers servers = new Servers(false);
		CallPolicy policy = policy(servers, Mode.SINGLE, PLAIN, false);
		policy.next(error(NOSCRIPT));
		assertThat(show(servers, policy.next(replies(Resp.ascii("sha"), new ErrorReply(NOSCRIPT, false, null)))))
			.startsWith("EVAL ");
		assertThat(show(servers, policy.next(Outcome.reply(1L)))).isEqualTo("1 (healed)");
	}

	@Test
	void inAPipelineEveryCallBringsItsScript() {
		Servers servers = new Servers(false);
		for (int i = 0; i < 2; i++) {
			CallPolicy policy = policy(servers, Mode.PIPELINED, PLAIN, false);
			for (int round = 0; round < 3; round++) {
				Outcome missing = (round == 0) ? error(NOSCRIPT)
						: replies(Resp.ascii("sha"), new ErrorReply(NOSCRIPT, false, null));
				assertThat(show(servers, policy.next(missing))).startsWith("LOAD EVALSHA");
			}
			assertThat(show(servers, policy.next(replies(Resp.ascii("sha"), new ErrorReply(NOSCRIPT, false, null)))))
				.startsWith("EVAL ");
		}
	}

	@Test
	void aScriptIsNotRunTwiceForItsOwnWords() {
		Servers servers = new Servers(true);
		CallPolicy present = policy(servers, Mode.SINGLE, WITH_ERRORS, false);
		present.next(error(NOSCRIPT));
		assertThat(show(servers, present.next(Outcome.reply(List.of(1L))))).isEqualTo("-");
		CallPolicy missing = policy(servers, Mode.SINGLE, WITH_ERRORS, false);
		missing.next(error(NOSCRIPT));
		assertThat(show(servers, missing.next(Outcome.reply(List.of(0L))))).isEqualTo("LOAD EVALSHA");
		CallPolicy owner = policy(servers, Mode.SINGLE, WITH_ERRORS, false);
		owner.next(error("MOVED 7629 second:2"));
		assertThat(show(servers, owner.next(Outcome.reply(1L)))).isEqualTo("-");
		CallPolicy moved = policy(servers, Mode.SINGLE, WITH_ERRORS, false);
		moved.next(error("MOVED 7629 second:2"));
		assertThat(show(servers, moved.next(error("MOVED 7629 second:2")))).isEqualTo("EVALSHA at second:2 (outdated)");
		CallPolicy silent = policy(servers, Mode.SINGLE, WITH_ERRORS, true);
		silent.next(error("MOVED 7629 second:2"));
		assertThat(show(servers, silent.next(new Outcome.Failed(failure(CallFailure.Kind.LOST))))).isEqualTo("-");
		CallPolicy master = policy(new Servers(false), Mode.SINGLE, WITH_ERRORS, false);
		master.next(error(READONLY));
		assertThat(show(servers, master.next(Outcome.reply(List.of(Resp.ascii("master")))))).isEqualTo("-");
		CallPolicy replica = policy(servers, Mode.PIPELINED, WITH_ERRORS, false);
		replica.next(error(READONLY));
		assertThat(show(servers, replica.next(Outcome.reply(List.of(Resp.ascii("slave"))))))
			.isEqualTo("pause (reconnect, outdated)");
	}

	@Test
	void wordsThatAreNeitherInTheScriptNorInTheValuesOfTheCallAreTheServers() {
		Servers servers = new Servers(true);
		CallPolicy policy = new CallPolicy(servers.context, Mode.SINGLE, servers.call(WITH_ERRORS, false, false, "1"),
				later())
			.sentTo(servers.first, 0);
		assertThat(show(servers, policy.next(error(NOSCRIPT)))).isEqualTo("LOAD EVALSHA");
	}

	@Test
	void aServerThatIsAReplicaAfterANewConnectionIsTheCallersError() {
		Servers servers = new Servers(false);
		CallPolicy policy = policy(servers, Mode.SINGLE, PLAIN, false);
		assertThat(show(servers, policy.next(error(READONLY)))).isEqualTo("wait (reconnect)");
		assertThat(show(servers, policy.next(Outcome.READY))).isEqualTo("EVALSHA");
		assertThat(show(servers, policy.next(error(READONLY)))).isEqualTo("-");
	}

	@Test
	void redirectionsComeToAnEnd() {
		Servers servers = new Servers(true);
		CallPolicy policy = policy(servers, Mode.SINGLE, PLAIN, false);
		for (int i = 0; i < 16; i++) {
			assertThat(show(servers, policy.next(error("MOVED 7629 second:" + i))))
				.startsWith("EVALSHA at second:" + i);
		}
		assertThat(show(servers, policy.next(error("MOVED 7629 second:2")))).isEqualTo("-");
	}

	@Test
	void aReadOnlyCallGoesWithoutTheCommandThatTheServerDoesNotKnow() {
		Servers servers = new Servers(false);
		CallPolicy policy = new CallPolicy(servers.context, Mode.SINGLE, servers.call(PLAIN, true, false), later())
			.sentTo(servers.first, 0);
		assertThat(show(servers, policy.next(error("ERR unknown command 'EVALSHA_RO', with args beginning with:"))))
			.isEqualTo("EVALSHA");
		assertThat(servers.context.readOnlySupport().isMissing()).isTrue();
	}

	private static String decide(boolean cluster, Mode mode, String source, String text) {
		return first(new Servers(cluster), mode, source, false, error(text));
	}

	private static String first(Servers servers, Mode mode, String source, boolean idempotent, Outcome outcome) {
		return show(servers, policy(servers, mode, source, idempotent).next(outcome));
	}

	private static CallPolicy policy(Servers servers, Mode mode, String source, boolean idempotent) {
		return new CallPolicy(servers.context, mode, servers.call(source, false, idempotent, CODES), later())
			.sentTo((mode == Mode.BOUND) ? bound(servers) : servers.first, 0);
	}

	private static BoundConnectionNode bound(Servers servers) {
		return new BoundConnectionNode(servers, null, servers.first);
	}

	private static long later() {
		return System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
	}

	private static Outcome error(String text) {
		return Outcome.reply(new ErrorReply(text, false, null));
	}

	private static Outcome replies(Object... replies) {
		return new Outcome.Replies(Arrays.asList(replies));
	}

	private static CallFailure failure(CallFailure.Kind kind) {
		return switch (kind) {
			case NOT_SENT -> CallFailure.notSent("it happened", null);
			case LOST -> CallFailure.lost("it happened", null);
			case CLOSED -> CallFailure.closed("it happened", null);
			case TIMED_OUT -> CallFailure.timedOut("it happened", null);
			case INTERRUPTED -> CallFailure.interrupted("it happened", null);
		};
	}

	private static String show(Servers servers, Step step) {
		String text = show(step);
		String events = String.join(", ", servers.events);
		servers.events.clear();
		return events.isEmpty() ? text : text + " (" + events + ")";
	}

	private static String show(Step step) {
		if (step instanceof Step.Call call) {
			return call.call().command() + at(call.node().name());
		}
		if (step instanceof Step.Send send) {
			return send.commands().stream().map(CallPolicyTests::name).collect(Collectors.joining(" "))
					+ at(send.node().name());
		}
		if (step instanceof Step.Done done) {
			return (done.reply() instanceof ErrorReply) ? "-" : String.valueOf(done.reply());
		}
		return (step instanceof Step.Fail) ? "fails" : (step instanceof Step.Wait) ? "wait" : "pause";
	}

	private static String name(byte[][] command) {
		String name = new String(command[0], StandardCharsets.US_ASCII);
		return Resp.isScriptLoad(command) ? "LOAD"
				: name.equals("SCRIPT") ? name + " " + new String(command[1], StandardCharsets.US_ASCII) : name;
	}

	private static String at(String node) {
		return node.startsWith("second") ? " at " + node : "";
	}

}
