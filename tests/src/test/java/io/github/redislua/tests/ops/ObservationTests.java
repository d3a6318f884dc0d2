package io.github.redislua.tests.ops;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import reactor.core.publisher.Mono;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.LuaScripts;
import io.github.redislua.autoconfigure.LuaScriptsAutoConfiguration;
import io.github.redislua.observe.DefaultLuaScriptObservationConvention;
import io.github.redislua.observe.LuaScriptObservationContext;
import io.github.redislua.observe.LuaScriptObservationDocumentation;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.reload.Failing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls as observations.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ObservationTests {

	private static final String SECRET = "sesame";

	private static LocalRedis redis;

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final Recorder recorder = new Recorder();

	private LettuceConnectionFactory connection;

	private LuaRepositoryFactory factory;

	private Buckets buckets;

	@BeforeAll
	static void startRedis() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	@BeforeEach
	void connect() {
		this.registry.observationConfig().observationHandler(this.recorder);
		this.connection = Connections.lettuce(redis);
		this.connection.afterPropertiesSet();
		this.connection.start();
		this.factory = LuaRepositoryFactory.builder(this.connection)
			.locations("classpath:scripts/ops/")
			.observations(this.registry)
			.build();
		this.buckets = this.factory.create(Buckets.class);
	}

	@AfterEach
	void disconnect() {
		this.connection.destroy();
	}

	@Test
	void aCallIsAnObservation() {
		this.buckets.take(SECRET, 1);
		assertSuccess("ratelimit/take", "Buckets", "take");
	}

	@Test
	void everyDocumentedKeyIsThereAndNoOther() {
		this.buckets.take(SECRET, 1);
		assertThat(this.recorder.single().getLowCardinalityKeyValues().stream().map(KeyValue::getKey))
			.containsExactlyInAnyOrder("script", "repository", "method", "outcome", "error");
		assertThat(LuaScriptObservationDocumentation.CALL.getLowCardinalityKeyNames())
			.extracting((key) -> key.asString())
			.containsExactly("script", "repository", "method", "outcome", "error");
		assertThat(this.recorder.single().getHighCardinalityKeyValues()).isEmpty();
	}

	@Test
	void anErrorHasTheCodeOfTheScript() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.buckets.refuse(SECRET, SECRET))
			.withMessageContaining(SECRET);
		assertError("refuse", "refuse", "NOT_ENOUGH");
	}

	@Test
	void anErrorHasTheCodeOfTheScriptWhateverTheApplicationMakesOfIt() {
		assertThatExceptionOfType(Buckets.NotEnoughException.class)
			.isThrownBy(() -> this.buckets.refuseByAnotherName(SECRET, SECRET));
		assertError("refuse", "refuseByAnotherName", "NOT_ENOUGH");
	}

	@Test
	void anErrorWithoutACodeHasTheNameOfTheException() {
		this.buckets.take(SECRET, 1);
		this.recorder.contexts.clear();
		redis.execute("SET", "text", SECRET);
		assertThatExceptionOfType(LuaScriptReplyException.class).isThrownBy(() -> this.buckets.number("text"))
			.withMessageContaining(SECRET);
		assertError("peek", "number", "LuaScriptReplyException");
	}

	@Test
	void anErrorThatIsNoCodeIsNoTag() {
		Failing failing = this.factory.create(Failing.class);
		assertThatException().isThrownBy(() -> failing.fail("session:" + SECRET));
		assertThat(value("error")).isEqualTo("LuaScriptExecutionException");
		assertDiscreet();
	}

	@Test
	void aFieldOfAReplyThatDoesNotFitIsInNoSpan() {
		Failing failing = this.factory.create(Failing.class);
		assertThatExceptionOfType(LuaScriptReplyException.class).isThrownBy(() -> failing.field(SECRET))
			.withMessageContaining("value of field '" + SECRET + "'");
		assertThat(((LuaScriptReplyException) this.recorder.single().getError()).getExpected()).isEqualTo("long");
		assertDiscreet();
	}

	@Test
	void anArgumentThatDoesNotFitIsNoCall() {
		assertThatException().isThrownBy(() -> this.buckets.take(null, 1));
		assertThat(this.recorder.contexts).isEmpty();
	}

	@Test
	void anAsynchronousCallEndsWithItsResult() {
		this.buckets.takeLater(SECRET, 1).join();
		assertSuccess("ratelimit/take", "Buckets", "takeLater");
	}

	@Test
	void anAsynchronousCallEndsWithItsError() {
		assertThatException().isThrownBy(() -> this.buckets.refuseLater(SECRET, SECRET).join());
		assertError("refuse", "refuseLater", "NOT_ENOUGH");
	}

	@Test
	void anAsynchronousCallIsNotCurrentAfterwards() {
		CompletableFuture<Long> call = this.buckets.takeLater(SECRET, 1);
		assertThat(this.registry.getCurrentObservation()).isNull();
		call.join();
	}

	@Test
	void anAsynchronousCallEndsEvenIfAHandlerFails() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				throw new IllegalStateException("Handler");
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		assertThat(this.buckets.takeLater(SECRET, 1).orTimeout(5, TimeUnit.SECONDS).join()).isPositive();
	}

	@Test
	void aReactiveCallBeginsWithTheSubscription() {
		Mono<Long> call = this.buckets.takeOnSubscription(SECRET, 1);
		assertThat(this.recorder.contexts).isEmpty();
		call.block();
		assertSuccess("ratelimit/take", "Buckets", "takeOnSubscription");
		call.block();
		assertThat(this.recorder.contexts).hasSize(2);
	}

	@Test
	void aReactiveCallIsPartOfWhatItsSubscriberSays() {
		Observation parent = Observation.start("parent", this.registry);
		this.buckets.takeOnSubscription(SECRET, 1)
			.contextWrite((context) -> context.put("micrometer.observation", parent))
			.block();
		assertThat(this.recorder.single().getParentObservation()).isSameAs(parent);
		parent.stop();
	}

	@Test
	void aStreamIsOneCall() {
		assertThat(this.buckets.stream().collectList().block()).containsExactly(1L, 2L, 3L);
		assertSuccess("Buckets.stream", "Buckets", "stream");
	}

	@Test
	void aCallIsPartOfWhatIsCurrent() {
		Observation parent = Observation.createNotStarted("parent", this.registry);
		parent.observe(() -> this.buckets.take(SECRET, 1));
		assertThat(this.recorder.single().getParentObservation()).isSameAs(parent);
	}

	@Test
	void eachCallOfAPipelineIsAnObservation() {
		List<Object> results = this.factory.scripts().pipelined(() -> {
			this.buckets.take(SECRET, 1);
			this.buckets.refuse(SECRET, SECRET);
			this.buckets.takeLater(SECRET, 1);
			assertThat(this.recorder.contexts).isEmpty();
		});
		assertThat(results).hasSize(3);
		assertThat(this.recorder.contexts).extracting(
				(context) -> context.getMethodName() + " " + value(context, "outcome") + " " + value(context, "error"))
			.containsExactly("take SUCCESS none", "refuse ERROR NOT_ENOUGH", "takeLater SUCCESS none");
		assertDiscreet();
	}

	@Test
	void aPipelineThatFailsEndsItsObservations() {
		LocalRedis gone = LocalRedis.start();
		LettuceConnectionFactory connection = Connections.lettuce(gone);
		connection.afterPropertiesSet();
		connection.start();
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection)
			.locations("classpath:scripts/ops/")
			.observations(this.registry)
			.build();
		Buckets buckets = factory.create(Buckets.class);
		gone.close();
		assertThatException().isThrownBy(() -> factory.scripts().pipelined(() -> buckets.take(SECRET, 1)));
		assertThat(value("outcome")).isEqualTo("ERROR");
		assertThat(value("error")).isEqualTo("RedisConnectionFailureException");
		connection.destroy();
	}

	@Test
	void aCallInATransactionIsAnObservation() {
		StringRedisTemplate template = new StringRedisTemplate(this.connection);
		template.execute(new SessionCallback<Object>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> Object execute(RedisOperations<K, V> operations) {
				operations.multi();
				ObservationTests.this.buckets.peek(SECRET);
				return operations.exec();
			}

		});
		assertSuccess("peek", "Buckets", "peek");
	}

	@Test
	void aCallByNameIsAnObservation() {
		this.factory.scripts().execute("ratelimit/take", Long.class, List.of(SECRET), 1);
		assertSuccess("ratelimit/take", "LuaScripts", "execute");
	}

	@Test
	void healingIsPartOfTheCall() {
		redis.execute("SCRIPT", "FLUSH");
		this.buckets.take(SECRET, 1);
		assertSuccess("ratelimit/take", "Buckets", "take");
	}

	@Test
	void aRegistryThatNobodyListensToCostsNoObservation() {
		ObservationRegistry silent = ObservationRegistry.create();
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(this.connection)
			.locations("classpath:scripts/ops/")
			.observations(silent)
			.build();
		Buckets buckets = factory.create(Buckets.class);
		buckets.take(SECRET, 1);
		silent.observationConfig().observationHandler(this.recorder);
		buckets.take(SECRET, 1);
		assertThat(this.recorder.contexts).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aBeanReplacesTheConvention(boolean jedis) {
		runner(jedis).withBean(ShoutingConvention.class).run((context) -> {
			context.getBean(LuaScripts.class).execute("ratelimit/take", Long.class, List.of(SECRET), 1);
			assertThat(this.recorder.single().getName()).isEqualTo("my.scripts");
			assertThat(value("script")).isEqualTo("RATELIMIT/TAKE");
		});
	}

	@Test
	void callsAreNotObservedWhereThatIsSwitchedOff() {
		runner(true).withPropertyValues("redis-lua.observation.enabled=false").run((context) -> {
			context.getBean(LuaScripts.class).execute("ratelimit/take", Long.class, List.of(SECRET), 1);
			assertThat(this.recorder.contexts).isEmpty();
		});
	}

	// Without the interfaces of this package: Jedis can only wait.
	private ApplicationContextRunner runner(boolean jedis) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LuaScriptsAutoConfiguration.class))
			.withBean(RedisConnectionFactory.class, () -> jedis ? Connections.jedis(redis) : Connections.lettuce(redis))
			.withBean(ObservationRegistry.class, () -> this.registry)
			.withPropertyValues("redis-lua.locations=classpath:scripts/ops/");
	}

	private void assertSuccess(String script, String repository, String method) {
		LuaScriptObservationContext context = this.recorder.single();
		assertThat(context.getName()).isEqualTo("redis.lua.script");
		assertThat(context.getContextualName()).isEqualTo("lua " + script);
		assertThat(context.getError()).isNull();
		assertThat(context.getLowCardinalityKeyValues()).isEqualTo(KeyValues.of("script", script, "repository",
				repository, "method", method, "outcome", "SUCCESS", "error", "none"));
		assertDiscreet();
	}

	private void assertError(String script, String method, String error) {
		LuaScriptObservationContext context = this.recorder.single();
		assertThat(context.getContextualName()).isEqualTo("lua " + script);
		assertThat(context.getError()).isNotNull();
		assertThat(context.getLowCardinalityKeyValues()).isEqualTo(KeyValues.of("script", script, "repository",
				"Buckets", "method", method, "outcome", "ERROR", "error", error));
		assertDiscreet();
	}

	// Neither keys nor arguments, wherever a span would take them from.
	private void assertDiscreet() {
		for (LuaScriptObservationContext context : this.recorder.contexts) {
			assertThat(context.toString()).doesNotContain(SECRET);
			for (Throwable ex = context.getError(); ex != null; ex = ex.getCause()) {
				assertThat(ex.toString()).doesNotContain(SECRET);
			}
		}
	}

	private String value(String key) {
		return value(this.recorder.single(), key);
	}

	private static String value(LuaScriptObservationContext context, String key) {
		KeyValue value = context.getLowCardinalityKeyValue(key);
		assertThat(value).as(key).isNotNull();
		return value.getValue();
	}

	static class ShoutingConvention extends DefaultLuaScriptObservationConvention {

		@Override
		public String getName() {
			return "my.scripts";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(LuaScriptObservationContext context) {
			return KeyValues.of("script", context.getScriptName().toUpperCase(java.util.Locale.ROOT));
		}

	}

	/**
	 * What has ended.
	 */
	static final class Recorder implements ObservationHandler<LuaScriptObservationContext> {

		final List<LuaScriptObservationContext> contexts = new java.util.concurrent.CopyOnWriteArrayList<>();

		@Override
		public void onStop(LuaScriptObservationContext context) {
			this.contexts.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof LuaScriptObservationContext;
		}

		LuaScriptObservationContext single() {
			assertThat(this.contexts).hasSize(1);
			return this.contexts.get(0);
		}

	}

}
