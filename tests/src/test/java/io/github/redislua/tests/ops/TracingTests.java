package io.github.redislua.tests.ops;

import java.util.List;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.tracing.MicrometerTracing;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Spans of calls, between those of the application and those of the driver.
 */
class TracingTests {

	private final SimpleTracer tracer = new SimpleTracer();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private LocalRedis redis;

	private ClientResources resources;

	private LettuceConnectionFactory connection;

	private Buckets buckets;

	@BeforeEach
	void start() {
		this.registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(this.tracer));
		this.redis = LocalRedis.start();
		this.resources = DefaultClientResources.builder()
			.tracing(new MicrometerTracing(this.registry, "redis"))
			.build();
		this.connection = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration(this.redis.getHost(), this.redis.getPort()),
				LettuceClientConfiguration.builder().clientResources(this.resources).build());
		this.connection.afterPropertiesSet();
		this.connection.start();
		this.buckets = LuaRepositoryFactory.builder(this.connection)
			.locations("classpath:scripts/ops/")
			.observations(this.registry)
			.build()
			.create(Buckets.class);
		this.buckets.take("warm up", 1);
		this.tracer.getSpans().clear();
	}

	@AfterEach
	void stop() {
		this.connection.destroy();
		this.resources.shutdown().awaitUninterruptibly();
		this.redis.close();
	}

	@Test
	void theDriversSpanIsPartOfTheCallsAndThatOfTheApplications() {
		Observation.createNotStarted("request", this.registry).observe(() -> this.buckets.take("sesame", 1));
		assertFamily();
	}

	@Test
	void soItIsForACallThatNobodyWaitsFor() {
		Observation.createNotStarted("request", this.registry)
			.observe(() -> this.buckets.takeLater("sesame", 1))
			.join();
		assertFamily();
	}

	@Test
	void soItIsForAReactiveCall() {
		Observation request = Observation.start("request", this.registry);
		this.buckets.takeOnSubscription("sesame", 1)
			.contextWrite((context) -> context.put("micrometer.observation", request))
			.block();
		request.stop();
		assertFamily();
	}

	@Test
	void healingIsPartOfTheCall() {
		this.redis.execute("SCRIPT", "FLUSH");
		this.buckets.take("sesame", 1);
		SimpleSpan call = span("lua ratelimit/take");
		Awaitility.await()
			.untilAsserted(() -> assertThat(List.copyOf(this.tracer.getSpans()))
				.filteredOn((span) -> parent(span).equals(id(call)))
				.extracting(SimpleSpan::getName)
				.containsExactly("evalsha", "script", "evalsha"));
	}

	@Test
	void theSpanOfAnErrorSaysNothingOfTheCall() {
		assertThatException().isThrownBy(() -> this.buckets.refuse("sesame", "open"));
		SimpleSpan call = span("lua refuse");
		assertThat(call.getError()).isInstanceOf(LuaScriptExecutionException.class)
			.hasNoCause()
			.hasMessage("Script 'refuse' failed: NOT_ENOUGH");
		assertThat(call.toString()).doesNotContain("sesame").doesNotContain("open");
		assertThat(call.getTags()).containsEntry("outcome", "ERROR");
	}

	private void assertFamily() {
		SimpleSpan call = span("lua ratelimit/take");
		assertThat(parent(call)).isEqualTo(id(span("request")));
		assertThat(parent(span("EVALSHA"))).isEqualTo(id(call));
		assertThat(call.getTags()).containsEntry("script", "ratelimit/take").containsEntry("outcome", "SUCCESS");
		assertThat(call.getError()).isNull();
		assertThat(call.toString()).doesNotContain("sesame");
	}

	// The driver ends its span when the caller has the reply already, perhaps.
	private SimpleSpan span(String name) {
		return Awaitility.await().until(() -> spans(name), (spans) -> spans.size() == 1).get(0);
	}

	private List<SimpleSpan> spans(String name) {
		return List.copyOf(this.tracer.getSpans())
			.stream()
			.filter((span) -> name.equalsIgnoreCase(span.getName()))
			.toList();
	}

	private static String id(SimpleSpan span) {
		return span.context().spanId();
	}

	private static String parent(SimpleSpan span) {
		return String.valueOf(span.context().parentId());
	}

}
