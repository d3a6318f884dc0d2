package io.github.redislua.internal.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.PreloadMode;
import io.github.redislua.internal.check.Verification;
import io.github.redislua.internal.execute.PreloadResult;
import io.github.redislua.internal.repository.ScriptLoading;
import io.github.redislua.internal.repository.ScriptLoading.Unplaced;
import io.github.redislua.internal.repository.ScriptParts;
import io.github.redislua.internal.script.Script;

/**
 * All interfaces of an application context: checked together, so that one report has all
 * that does not fit, and their scripts loaded when the context is ready.
 */
public final class LuaRepositories implements BeanFactoryAware, InitializingBean, SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(LuaRepositories.class);

	private final ScriptParts parts;

	private final PreloadMode preloadMode;

	private final Duration preloadTimeout;

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private volatile boolean checked;

	// What is not reported yet: a server may know better.
	private @Nullable Verification verification;

	public LuaRepositories(ScriptParts parts, PreloadMode preloadMode, Duration preloadTimeout) {
		this.parts = parts;
		this.preloadMode = preloadMode;
		this.preloadTimeout = preloadTimeout;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	// Before the beans of others are made, which may fail for the same reason and say
	// less.
	@Override
	public void afterPropertiesSet() {
		check();
	}

	public <T> T create(Class<T> repository) {
		check();
		return this.parts.create(repository);
	}

	private void check() {
		if (!this.checked) {
			this.verification = this.parts.checks().checkAll(interfaces());
			this.checked = true;
		}
	}

	private List<Class<?>> interfaces() {
		return (this.beanFactory != null) ? interfaces(this.beanFactory) : List.of();
	}

	/**
	 * The interfaces of an application.
	 * @param beans the bean factory
	 * @return the interfaces that beans are made of
	 */
	public static List<Class<?>> interfaces(ConfigurableListableBeanFactory beans) {
		List<Class<?>> interfaces = new ArrayList<>();
		for (String name : beans.getBeanDefinitionNames()) {
			BeanDefinition definition = beans.getMergedBeanDefinition(name);
			ResolvableType type = definition.getResolvableType();
			Class<?> repository = type.getGeneric(0).resolve();
			if (type.toClass() == LuaRepositoryFactoryBean.class && repository != null) {
				interfaces.add(repository);
			}
		}
		return interfaces;
	}

	@Override
	public void afterSingletonsInstantiated() {
		check();
		for (Finding ambiguity : this.parts.scripts().ambiguities()) {
			logger.warn(ambiguity);
		}
		Verification verification = this.verification;
		this.verification = null;
		try {
			if (this.preloadMode != PreloadMode.NONE) {
				preload(verification);
			}
		}
		catch (RuntimeException ex) {
			this.parts.checks().log(verification);
			throw ex;
		}
		this.parts.checks().report(verification);
	}

	private void preload(@Nullable Verification verification) {
		ScriptLoading loading = this.parts.loading();
		long start = System.nanoTime();
		Unplaced unplaced = loading.unplaced();
		Set<Script> absent = new HashSet<>(unplaced.scripts());
		int loaded = 0;
		int nodes = 0;
		LuaScriptExecutionException failure = null;
		for (PreloadResult result : loading.preload(this.preloadTimeout, verification)) {
			absent.addAll(result.rejected().keySet());
			for (Map.Entry<Script, LuaScriptExecutionException> rejected : result.rejected().entrySet()) {
				if (!this.parts.repositories().use(rejected.getKey())) {
					if (verification != null && verification.isUncompilable(rejected.getKey())) {
						// The checker's report says so, too.
						continue;
					}
					logger.warn("No method uses it, but Redis refuses it. " + rejected.getValue().getMessage());
				}
				else if (failure == null) {
					failure = withCallers(rejected.getKey(), rejected.getValue());
				}
				else {
					failure.addSuppressed(withCallers(rejected.getKey(), rejected.getValue()));
				}
			}
			result.failed().forEach(this::failed);
			result.failedReplicas().forEach(LuaRepositories::warn);
			nodes += result.loaded().size();
			loaded += result.loaded().values().stream().mapToInt(Integer::intValue).sum();
		}
		if (failure != null) {
			throw failure;
		}
		unplaced.scripts().forEach((script) -> logger.warn("Script '" + script.name() + "': " + unplaced.reason()));
		if (nodes > 0) {
			int scripts = this.parts.scripts().all().size() - absent.size();
			logger.info("Loaded %s Lua script%s (%s new) on %s node%s in %s ms".formatted(scripts, plural(scripts),
					loaded, nodes, plural(nodes), (System.nanoTime() - start) / 1_000_000));
		}
	}

	// At start-up nobody has called a method: which one has to do with it must be said.
	private LuaScriptExecutionException withCallers(Script script, LuaScriptExecutionException ex) {
		LuaScriptExecutionException named = new LuaScriptExecutionException(
				ex.getMessage() + "\n" + this.parts.repositories().callers(script.path()), ex.getScriptName(),
				ex.getSha1(), ex.getCode(), ex.getError(), ex.getLocation(), ex.getCause());
		named.setStackTrace(ex.getStackTrace());
		return named;
	}

	private void failed(String node, RuntimeException reason) {
		if (this.preloadMode == PreloadMode.STRICT) {
			throw new LuaPreloadException(node, reason);
		}
		warn(node, reason);
	}

	private static void warn(String node, RuntimeException reason) {
		ServerTrouble trouble = ServerTrouble.of(reason, node);
		logger.warn("Lua scripts could not be loaded on " + node + ", they will be when they are called: "
				+ trouble.cause() + ". " + trouble.action());
	}

	private static String plural(int count) {
		return (count != 1) ? "s" : "";
	}

}
