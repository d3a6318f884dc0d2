package io.github.redislua.internal.config;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.convert.converter.Converter;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * What a native image needs whatever the interfaces are: the annotations, and the methods
 * of Spring Data Redis and of the drivers that are reached by method handles.
 */
class LuaScriptsRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(LuaScript.class, LuaRepository.class,
			LuaError.class, Key.class, Arg.class);

	private static final String LETTUCE = "org.springframework.data.redis.connection.lettuce.";

	private static final String JEDIS = "org.springframework.data.redis.connection.jedis.";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (Class<? extends Annotation> annotation : ANNOTATIONS) {
			hints.reflection().registerType(annotation, MemberCategory.INVOKE_DECLARED_METHODS);
			hints.proxies().registerJdkProxy(annotation);
		}
		ReflectionHints reflection = hints.reflection();
		reflection.registerTypeIfPresent(classLoader, JEDIS + "JedisConnectionFactory",
				(type) -> type.withMethod("fetchJedisConnector", List.of(), ExecutableMode.INVOKE)
					.withMethod("getRequiredRedisClient", List.of(), ExecutableMode.INVOKE));
		reflection.registerTypeIfPresent(classLoader, JEDIS + "JedisConnection",
				(type) -> type.withMethod("getTransaction", List.of(), ExecutableMode.INVOKE)
					.withMethod("getPipeline", List.of(), ExecutableMode.INVOKE));
		reflection.registerTypeIfPresent(classLoader, "redis.clients.jedis.UnifiedJedis",
				(type) -> type.withField("provider"));
		List<TypeReference> result = TypeReference.listOf(Future.class, Converter.class);
		reflection.registerTypeIfPresent(classLoader, LETTUCE + "LettuceConnection", (type) -> type.withField("ppline")
			.withMethod("getAsyncDedicatedConnection", List.of(), ExecutableMode.INVOKE)
			.withMethod("newLettuceResult", result, ExecutableMode.INVOKE)
			.withMethod("pipeline", List.of(TypeReference.of(LETTUCE + "LettuceResult")), ExecutableMode.INVOKE));
		reflection.registerTypeIfPresent(classLoader, LETTUCE + "LettuceResult", (type) -> {
		});
	}

}
