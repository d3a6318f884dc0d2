package io.github.redislua.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.tracing.Tracer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import io.github.redislua.internal.repository.ScriptParts;
import io.github.redislua.observe.LuaScriptObservationContext;

/**
 * Auto-configuration for the metrics of Redis Lua scripts. It comes after Spring Boot's
 * handler of observations, which would otherwise stay away because there is another one.
 */
@AutoConfiguration(after = LuaScriptsAutoConfiguration.class,
		afterName = { "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.tracing.MicrometerTracingAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, ScriptParts.class })
public final class LuaScriptsMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LuaScriptsMetrics luaScriptsMetrics(ScriptParts parts) {
		return new LuaScriptsMetrics(parts.overview());
	}

	/**
	 * The timer of calls.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(prefix = "redis-lua.observation", name = "enabled", matchIfMissing = true)
	@ConditionalOnMissingBean(value = LuaScriptObservationContext.class,
			parameterizedContainer = MeterObservationHandler.class)
	static class TimerConfiguration {

		/**
		 * As it is.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnMissingBean(type = "io.micrometer.tracing.Tracer")
		static class WithoutTracerConfiguration {

			@Bean
			@Order(0) // the first of its kind that fits takes an observation
			MeterObservationHandler<LuaScriptObservationContext> luaScriptMeterObservationHandler(
					MeterRegistry meterRegistry) {
				return new LuaScriptMeterObservationHandler(meterRegistry);
			}

		}

		/**
		 * With the span as an example.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(Tracer.class)
		@ConditionalOnBean(Tracer.class)
		static class WithTracerConfiguration {

			@Bean
			@Order(0) // as above
			MeterObservationHandler<LuaScriptObservationContext> luaScriptMeterObservationHandler(
					MeterRegistry meterRegistry, Tracer tracer) {
				return new LuaScriptTracedMeterObservationHandler(meterRegistry, tracer);
			}

		}

	}

}
