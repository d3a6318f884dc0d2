package io.github.redislua.tests.ops;

import java.net.http.HttpResponse;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScripts;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a monitoring system is told.
 */
class MetricsTests {

	private static LocalRedis redis;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@Test
	void prometheusIsToldOfCallsAndScriptsAndHealings() {
		try (ConfigurableApplicationContext application = OpsApplication.run(redis, WebApplicationType.SERVLET,
				"management.endpoints.web.exposure.include=prometheus",
				"management.prometheus.metrics.export.enabled=true")) {
			Buckets buckets = application.getBean(Buckets.class);
			buckets.take("sesame", 1);
			redis.execute("SCRIPT", "FLUSH");
			buckets.take("sesame", 1);
			assertThatExceptionOfType(LuaScriptExecutionException.class)
				.isThrownBy(() -> buckets.refuse("sesame", "open"));
			HttpResponse<String> scrape = new Http(application).get("/actuator/prometheus");
			assertThat(scrape.statusCode()).isEqualTo(200);
			assertThat(scrape.body())
				.contains("redis_lua_script_seconds_count{error=\"none\",method=\"take\",outcome=\"SUCCESS\","
						+ "repository=\"Buckets\",script=\"ratelimit/take\"} 2")
				.contains("redis_lua_script_seconds_count{error=\"NOT_ENOUGH\",method=\"refuse\",outcome=\"ERROR\","
						+ "repository=\"Buckets\",script=\"refuse\"} 1")
				.contains("redis_lua_script_reloads_total{script=\"ratelimit/take\"} 1.0")
				.contains("redis_lua_script_reloads_total{script=\"peek\"} 0.0")
				.contains("redis_lua_scripts 5.0")
				.doesNotContain("sesame");
		}
	}

	@Test
	void otherObservationsAreMeasuredAsEver() {
		try (ConfigurableApplicationContext application = OpsApplication.run(redis, WebApplicationType.SERVLET,
				"management.endpoints.web.exposure.include=info")) {
			new Http(application).get("/actuator/info");
			MeterRegistry meters = application.getBean(MeterRegistry.class);
			assertThat(meters.find("http.server.requests").timer()).isNotNull();
		}
	}

	@Test
	void aTracerDoesNotChangeTheTimer() {
		try (ConfigurableApplicationContext application = OpsApplication.run(redis, WebApplicationType.NONE,
				new Class<?>[] { WithTracer.class })) {
			assertThatExceptionOfType(LuaScriptExecutionException.class)
				.isThrownBy(() -> application.getBean(Buckets.class).refuse("sesame", "open"));
			Timer timer = application.getBean(MeterRegistry.class)
				.get("redis.lua.script")
				.tag("error", "NOT_ENOUGH")
				.timer();
			assertThat(timer.count()).isEqualTo(1);
		}
	}

	@Test
	void aTimerThatIsRemovedBeginsAnew() {
		try (ConfigurableApplicationContext application = OpsApplication.run(redis, WebApplicationType.NONE)) {
			Buckets buckets = application.getBean(Buckets.class);
			MeterRegistry meters = application.getBean(MeterRegistry.class);
			buckets.take("sesame", 1);
			buckets.take("sesame", 1);
			Timer first = meters.get("redis.lua.script").tag("method", "take").timer();
			assertThat(first.count()).isEqualTo(2);
			meters.remove(first);
			buckets.take("sesame", 1);
			assertThat(meters.get("redis.lua.script").tag("method", "take").timer().count()).isEqualTo(1);
		}
	}

	@Test
	void callsAreNotMeasuredWhereThatIsSwitchedOff() {
		try (ConfigurableApplicationContext application = OpsApplication.run(redis, WebApplicationType.NONE,
				"redis-lua.observation.enabled=false")) {
			application.getBean(Buckets.class).take("sesame", 1);
			MeterRegistry meters = application.getBean(MeterRegistry.class);
			assertThat(meters.find("redis.lua.script").timer()).isNull();
			assertThat(meters.get("redis.lua.scripts").gauge().value()).isEqualTo(5);
		}
	}

	@Test
	void aScriptThatNobodyHasCalledHasACounterOfLoads() {
		try (ConfigurableApplicationContext application = OpsApplication.run(redis, WebApplicationType.NONE)) {
			MeterRegistry meters = application.getBean(MeterRegistry.class);
			assertThat(meters.get("redis.lua.script.reloads").tag("script", "unused").counter().count()).isZero();
			redis.execute("SCRIPT", "FLUSH");
			application.getBean(LuaScripts.class).execute("unused", String.class, java.util.List.of());
			assertThat(meters.get("redis.lua.script.reloads").tag("script", "unused").counter().count()).isEqualTo(1);
			MeterRegistry later = new SimpleMeterRegistry();
			application.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(later));
			assertThat(later.get("redis.lua.script.reloads").tag("script", "unused").counter().count())
				.as("a registry that comes later")
				.isEqualTo(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class WithTracer {

		@Bean
		Tracer tracer() {
			return new SimpleTracer();
		}

	}

}
