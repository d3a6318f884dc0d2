package io.github.redislua.internal.execute.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

import io.github.redislua.internal.execute.call.Handle;
import io.github.redislua.internal.execute.jedis.JedisAccess;
import io.github.redislua.internal.execute.lettuce.LettuceAccess;

/**
 * The members of Spring Data Redis and of the drivers that are reached by method handles,
 * of those drivers that are there.
 */
public final class ReflectiveHandles {

	private ReflectiveHandles() {
	}

	/**
	 * Tells a native image of all these members.
	 * @param hints the hints to add to
	 * @param classLoader the application's class loader
	 */
	public static void register(ReflectionHints hints, ClassLoader classLoader) {
		for (Handle handle : handles(classLoader)) {
			if (handle.owner() != null) {
				register(hints, handle, handle.owner());
			}
		}
	}

	private static List<Handle> handles(ClassLoader classLoader) {
		List<Handle> handles = new ArrayList<>();
		if (ClassUtils.isPresent("io.lettuce.core.RedisClient", classLoader)) {
			handles.addAll(LettuceAccess.handles());
		}
		if (ClassUtils.isPresent("redis.clients.jedis.Jedis", classLoader)) {
			handles.addAll(JedisAccess.handles());
		}
		return handles;
	}

	private static void register(ReflectionHints hints, Handle handle, Class<?> owner) {
		Class<?>[] types = handle.types();
		for (Class<?> type : types) {
			if (!type.isPrimitive()) {
				// Some are found by their names.
				hints.registerType(type);
			}
		}
		hints.registerType(owner, (type) -> {
			switch (handle.kind()) {
				case FIELD -> type.withField(handle.name());
				case METHOD -> type.withMethod(handle.name(),
						TypeReference.listOf(Arrays.copyOfRange(types, 1, types.length)), ExecutableMode.INVOKE);
			}
		});
	}

}
