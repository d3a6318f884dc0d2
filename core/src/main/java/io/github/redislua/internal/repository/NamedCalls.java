package io.github.redislua.internal.repository;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import io.github.redislua.LuaScripts;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.UnsupportedTypeException;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.invoke.ArgumentBinder;
import io.github.redislua.internal.invoke.Codecs;
import io.github.redislua.internal.invoke.ErrorMappings;
import io.github.redislua.internal.invoke.KeySource;
import io.github.redislua.internal.invoke.NamedArguments;
import io.github.redislua.internal.invoke.ReadyScript;
import io.github.redislua.internal.invoke.RepositoryResolver;
import io.github.redislua.internal.invoke.ScriptMethod;
import io.github.redislua.internal.invoke.ValueSource;
import io.github.redislua.internal.monitor.Monitoring;
import io.github.redislua.internal.script.Script;

/**
 * Calls of scripts by name, without a method: each name and type of result is resolved
 * once.
 */
final class NamedCalls {

	private final KnownScripts scripts;

	private final Codecs codecs;

	private final String keyPrefix;

	private final ConnectionFactories connections;

	private final Monitoring monitoring;

	private final ArgumentEncoder key;

	private final ArgumentEncoder argument;

	private final Map<NamedCall, ScriptMethod> calls = new ConcurrentHashMap<>();

	NamedCalls(KnownScripts scripts, Codecs codecs, String keyPrefix, ConnectionFactories connections,
			Monitoring monitoring) {
		this.scripts = scripts;
		this.codecs = codecs;
		this.keyPrefix = keyPrefix;
		this.connections = connections;
		this.monitoring = monitoring;
		this.key = codecs.arguments().forKey(ResolvableType.forClass(Object.class));
		this.argument = codecs.arguments().forArgument(ResolvableType.forClass(Object.class), ChronoUnit.MILLIS, false);
	}

	@SuppressWarnings("unchecked")
	<T> @Nullable T execute(String name, Class<T> type, List<?> keys, Object... args) {
		NamedCall call = new NamedCall(name, type);
		ScriptMethod known = this.calls.get(call);
		ScriptMethod method = (known != null) ? known : add(call);
		try {
			return (T) method.invoke(new Object[] { keys, Arrays.asList(args) });
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The calls that were made so far.
	 * @return the calls
	 */
	Stream<ScriptMethod> methods() {
		return this.calls.values().stream();
	}

	private ScriptMethod add(NamedCall call) {
		synchronized (this.scripts) {
			return this.calls.computeIfAbsent(call, this::resolve);
		}
	}

	private ScriptMethod resolve(NamedCall call) {
		Script script = this.scripts.get(call.name());
		String description = "LuaScripts.execute(\"" + call.name() + "\", " + ClassUtils.getShortName(call.type())
				+ ")";
		ScriptExecutor executor = this.connections.executor("");
		CallOptions options = new CallOptions(description, false, false, null,
				!RepositoryResolver.isPrimitive(call.type()));
		try {
			return new ScriptMethod(description, ReadyScript.of(script, options, executor), executor, binder(),
					this.codecs.replies().forType(ResolvableType.forClass(call.type()), ReplyFormat.AUTO),
					new ErrorMappings(), RepositoryResolver.zero(call.type()), null, this.monitoring.counters(script),
					this.monitoring.observer(script, LuaScripts.class, "execute"));
		}
		catch (UnsupportedTypeException ex) {
			throw new IllegalArgumentException(description + " does not fit: " + ex.getMessage(), ex);
		}
	}

	private ArgumentBinder binder() {
		List<Object> parts = new ArrayList<>();
		if (!this.keyPrefix.isEmpty()) {
			parts.add(this.keyPrefix.getBytes(StandardCharsets.UTF_8));
		}
		parts.add(new ValueSource(0, "the list of keys", this.key, false, false, false));
		return ArgumentBinder.of(List.of(new KeySource(parts)), List.of(new NamedArguments(1, this.argument)));
	}

	private record NamedCall(String name, Class<?> type) {

	}

}
