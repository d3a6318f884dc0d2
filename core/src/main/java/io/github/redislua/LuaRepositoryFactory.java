package io.github.redislua;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.Assert;
import org.springframework.util.StringValueResolver;

import io.github.redislua.internal.check.CheckerSettings;
import io.github.redislua.internal.check.ScriptVerifier;
import io.github.redislua.internal.codec.JsonCodecs;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;
import io.github.redislua.internal.codec.reply.ReplyDecoders;
import io.github.redislua.internal.invoke.Codecs;
import io.github.redislua.internal.monitor.CallObservers;
import io.github.redislua.internal.monitor.Monitoring;
import io.github.redislua.internal.monitor.ObservedCalls;
import io.github.redislua.internal.monitor.ScriptStatistics;
import io.github.redislua.internal.repository.ConnectionFactories;
import io.github.redislua.internal.repository.Placeholders;
import io.github.redislua.internal.repository.ScriptParts;
import io.github.redislua.internal.script.ScriptCatalog;
import io.github.redislua.internal.script.ScriptScanner;
import io.github.redislua.observe.LuaScriptObservationConvention;

/**
 * Makes objects that implement interfaces whose methods call Redis Lua scripts. With
 * Spring Boot nobody needs to use it: the interfaces are beans. <pre class="code">
 * RateLimits limits = LuaRepositoryFactory.builder(connectionFactory).build().create(RateLimits.class);
 * </pre>
 */
public final class LuaRepositoryFactory {

	private final ScriptParts parts;

	private LuaRepositoryFactory(ScriptParts parts) {
		this.parts = parts;
	}

	/**
	 * A builder.
	 * @param connectionFactory where to run the scripts: a
	 * {@code LettuceConnectionFactory} or a {@code JedisConnectionFactory}
	 * @return a new builder
	 */
	public static Builder builder(RedisConnectionFactory connectionFactory) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		return new Builder((name) -> {
			Assert.isTrue(name.isEmpty(), () -> "There is no connection factory '" + name
					+ "': pass a function that finds it to LuaRepositoryFactory.builder");
			return connectionFactory;
		});
	}

	/**
	 * A builder for several servers.
	 * @param connectionFactories finds a connection factory by the name that
	 * {@code @LuaRepository(connectionFactory)} gives, and the default one by the empty
	 * string
	 * @return a new builder
	 */
	public static Builder builder(Function<String, RedisConnectionFactory> connectionFactories) {
		Assert.notNull(connectionFactories, "'connectionFactories' must not be null");
		return new Builder(connectionFactories);
	}

	/**
	 * A builder of a factory without servers, for who only wants to {@link #check}
	 * interfaces and their scripts: before there is an application, or in a test. What it
	 * creates cannot be called.
	 * @return a new builder
	 */
	public static Builder offline() {
		return new Builder(null);
	}

	/**
	 * Makes an object that implements an interface, and checks the scripts that it runs.
	 * Nothing is sent to Redis.
	 * @param <T> the interface
	 * @param repository the interface
	 * @return a thread-safe object
	 * @throws LuaScriptDefinitionException if the interface and its scripts do not fit; a
	 * {@link LuaScriptCheckException} if the script checker says so
	 * @throws LuaScriptNotFoundException if a script is missing
	 */
	public <T> T create(Class<T> repository) {
		return this.parts.create(repository);
	}

	/**
	 * Checks interfaces and the scripts that they run, so that one exception has all that
	 * does not fit. Nothing is sent to Redis, and servers need not be there.
	 * @param repositories interfaces
	 * @throws LuaScriptDefinitionException if an interface and its scripts do not fit; a
	 * {@link LuaScriptCheckException} if the script checker says so
	 * @throws LuaScriptNotFoundException if scripts are missing
	 */
	public void check(Collection<Class<?>> repositories) {
		this.parts.check(repositories);
	}

	/**
	 * The scripts: those found in the locations, and the inline ones of the interfaces
	 * that were made or checked.
	 * @return the scripts
	 */
	public LuaScripts scripts() {
		return this.parts.facade();
	}

	/**
	 * Gives the library's own modules a part of this factory, as {@code unwrap} does in
	 * JDBC and JPA. Applications do not need it: the parts are internal, and change
	 * without notice.
	 * @param <T> the part
	 * @param type the type of the part
	 * @return the part
	 * @throws IllegalArgumentException if there is no such part
	 */
	public <T> T unwrap(Class<T> type) {
		Assert.isTrue(type.isInstance(this.parts), () -> "A LuaRepositoryFactory has no part " + type.getName());
		return type.cast(this.parts);
	}

	/**
	 * Settings of a factory.
	 */
	public static final class Builder {

		private final @Nullable Function<String, RedisConnectionFactory> connectionFactories;

		private final CheckerSettings checker = new CheckerSettings();

		private List<String> locations = List.of(ScriptScanner.DEFAULT_LOCATION);

		private String keyPrefix = "";

		private final List<ConversionService> conversionServices = new ArrayList<>();

		private Predicate<RedisConnectionFactory> transactional = (connectionFactory) -> false;

		private @Nullable JsonCodec jsonCodec;

		private StringValueResolver placeholders = new StandardEnvironment()::resolveRequiredPlaceholders;

		private @Nullable CallObservers observers;

		private ResourcePatternResolver resources = new PathMatchingResourcePatternResolver(
				new DefaultResourceLoader());

		private Builder(@Nullable Function<String, RedisConnectionFactory> connectionFactories) {
			this.connectionFactories = connectionFactories;
		}

		/**
		 * Where scripts are looked for.
		 * @param locations roots such as {@code classpath*:lua/}, the default
		 * @return this builder
		 */
		public Builder locations(String... locations) {
			this.locations = Arrays.asList(locations);
			return this;
		}

		/**
		 * Text to put before every key.
		 * @param keyPrefix the prefix, empty by default
		 * @return this builder
		 */
		public Builder keyPrefix(String keyPrefix) {
			this.keyPrefix = keyPrefix;
			return this;
		}

		/**
		 * Adds a service that converts the application's own types to text, and text to
		 * them. Services are asked in the order they are added. It should hold the
		 * application's converters only: Spring's {@code DefaultConversionService}
		 * converts any class with a {@code String} constructor by its {@code toString()}.
		 * @param conversionService the service
		 * @return this builder
		 */
		public Builder conversionService(ConversionService conversionService) {
			this.conversionServices.add(conversionService);
			return this;
		}

		/**
		 * Writes and reads JSON. By default Jackson does, if it is there.
		 * @param jsonCodec the codec
		 * @return this builder
		 */
		public Builder jsonCodec(JsonCodec jsonCodec) {
			this.jsonCodec = jsonCodec;
			return this;
		}

		/**
		 * Has calls take part in Spring's transactions, as those of a
		 * {@code RedisTemplate} with {@code setEnableTransactionSupport(true)} do: inside
		 * {@code @Transactional} they join the {@code MULTI} of the transaction, and
		 * nothing runs if it is rolled back. With Spring Boot this is so where a template
		 * on the same connection factory has it.
		 * @param transactional whether calls through a connection factory do so; by
		 * default none does, but for those inside a transaction that a template began
		 * @return this builder
		 */
		public Builder transactionSupport(Predicate<RedisConnectionFactory> transactional) {
			this.transactional = transactional;
			return this;
		}

		/**
		 * Resolves placeholders in annotations, by default from system properties and the
		 * environment. A placeholder that it leaves unresolved is an error.
		 * @param placeholders the resolver
		 * @return this builder
		 */
		public Builder placeholders(StringValueResolver placeholders) {
			this.placeholders = placeholders;
			return this;
		}

		/**
		 * Finds the script files.
		 * @param resources the resolver
		 * @return this builder
		 */
		public Builder resources(ResourcePatternResolver resources) {
			this.resources = resources;
			return this;
		}

		/**
		 * Has calls observed.
		 * @param registry takes the observations; with {@link ObservationRegistry#NOOP}
		 * it is as if this method had not been called
		 * @return this builder
		 */
		public Builder observations(ObservationRegistry registry) {
			return observations(registry, null);
		}

		/**
		 * Has calls observed under names of the application's own.
		 * @param registry takes the observations
		 * @param convention names them, {@code null} for the default one
		 * @return this builder
		 */
		public Builder observations(ObservationRegistry registry, @Nullable LuaScriptObservationConvention convention) {
			this.observers = (registry != ObservationRegistry.NOOP) ? new ObservedCalls(registry, convention) : null;
			return this;
		}

		/**
		 * What happens when the script checker finds a mistake. It looks at the scripts
		 * of each interface that is created or checked.
		 * @param mode by default {@link CheckMode#ERROR}
		 * @return this builder
		 */
		public Builder checkerMode(CheckMode mode) {
			this.checker.mode(mode);
			return this;
		}

		/**
		 * Adds checker rules that all scripts may break.
		 * @param rules the ids of the rules, such as {@code undeclared-key}
		 * @return this builder
		 * @throws IllegalArgumentException if there is no such rule, or if Redis refuses
		 * a script that breaks it
		 */
		public Builder checkerAllow(String... rules) {
			this.checker.allow(Arrays.asList(rules));
			return this;
		}

		/**
		 * Adds commands that the servers have beyond those of Redis, for example those of
		 * modules.
		 * @param names the names of the commands, in any case
		 * @return this builder
		 */
		public Builder checkerCommands(String... names) {
			this.checker.commands(Arrays.asList(names));
			return this;
		}

		/**
		 * Adds global variables that the servers have beyond those of Redis.
		 * @param names names of variables, as {@code name} or {@code library.member}
		 * @return this builder
		 */
		public Builder checkerGlobals(String... names) {
			this.checker.globals(Arrays.asList(names));
			return this;
		}

		/**
		 * Adds flags that the servers know in a script's {@code #!lua} line beyond those
		 * of Redis.
		 * @param names the names of the flags
		 * @return this builder
		 */
		public Builder checkerFlags(String... names) {
			this.checker.flags(Arrays.asList(names));
			return this;
		}

		/**
		 * Whether the scripts must run on a cluster. With a connection factory the
		 * checker knows; without a server it must be told.
		 * @param cluster {@code true} for a cluster
		 * @return this builder
		 */
		public Builder checkerCluster(boolean cluster) {
			this.checker.cluster(cluster);
			return this;
		}

		/**
		 * Reads the scripts.
		 * @return a new factory
		 */
		public LuaRepositoryFactory build() {
			JsonCodec json = (this.jsonCodec != null) ? this.jsonCodec
					: JsonCodecs.detect(this.resources.getClassLoader());
			Codecs codecs = new Codecs(new ArgumentEncoders(this.conversionServices, json),
					new ReplyDecoders(this.conversionServices, json));
			ScriptCatalog catalog = new ScriptScanner(this.resources).scan(this.locations);
			ScriptStatistics statistics = new ScriptStatistics();
			ConnectionFactories connections = (this.connectionFactories != null)
					? new ConnectionFactories(this.connectionFactories, statistics, this.transactional)
					: ConnectionFactories.none();
			ScriptVerifier verifier = (this.checker.mode() != CheckMode.NONE) ? new ScriptVerifier(this.checker) : null;
			return new LuaRepositoryFactory(new ScriptParts(catalog, codecs, new Placeholders(this.placeholders),
					this.keyPrefix, connections, new Monitoring(statistics, this.observers), verifier));
		}

	}

}
