package io.github.redislua.tests;

import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptDefinition;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScripts;
import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What an interface may be made of.
 */
class InterfaceTests {

	private static LocalRedis redis;

	private static Clients clients;

	@BeforeAll
	static void connect() {
		redis = LocalRedis.start();
		clients = new Clients(redis);
	}

	@AfterAll
	static void disconnect() {
		clients.close();
		redis.close();
	}

	@ParameterizedTest
	@EnumSource
	void aDefaultMethodCallsScripts(Driver driver) {
		Defaults defaults = clients.create(driver, Defaults.class);
		redis.execute("DEL", "counter");
		assertThat(defaults.incrementTwice("counter")).isEqualTo(3);
		assertThat(defaults.describe("counter", 1)).isEqualTo("counter=4");
	}

	@ParameterizedTest
	@EnumSource
	void aDefaultMethodThrowsItsOwnException(Driver driver) {
		Defaults defaults = clients.create(driver, Defaults.class);
		assertThatIllegalStateException().isThrownBy(defaults::refuse).withMessage("not today");
	}

	@ParameterizedTest
	@EnumSource
	void aPrivateAndAStaticMethodAreLeftAlone(Driver driver) {
		assertThat(Defaults.key(7)).isEqualTo("counter:7");
		assertThat(clients.create(driver, Defaults.class).viaPrivate()).isEqualTo("private");
	}

	@ParameterizedTest
	@EnumSource
	void overloadsAreDifferentScripts(Driver driver) {
		LuaRepositoryFactory factory = clients.factory(driver);
		Overloads overloads = factory.create(Overloads.class);
		assertThat(overloads.find("a")).isEqualTo("text a");
		assertThat(overloads.find(7)).isEqualTo("number 7");
		assertThat(overloads.find("a", 7)).isEqualTo("both a7");
		assertThat(factory.scripts().definitions()).extracting(LuaScriptDefinition::name)
			.containsOnlyOnce("Overloads.find", "Overloads.find#2", "Overloads.find#3");
	}

	@ParameterizedTest
	@EnumSource
	void aMethodThatIsDeclaredAgainMeansTheSame(Driver driver) {
		Again again = clients.create(driver, Again.class);
		assertThat(again.seconds(Duration.ofSeconds(2))).isEqualTo("2");
		assertThat(again.sent("k", "a", "b")).containsExactly(List.of("k"), List.of("a", "b"));
		assertThat(again.sent("k", "a", null)).containsExactly(List.of("k"), List.of("a"));
	}

	@ParameterizedTest
	@EnumSource
	void anInheritedScriptMethodMayGetABody(Driver driver) {
		assertThat(clients.create(driver, WithBody.class).one()).isEqualTo(11);
	}

	@ParameterizedTest
	@EnumSource
	void whatIsCalledByNameTakesArgumentsAsAMethodWould(Driver driver) {
		LuaRepositoryFactory factory = clients.factory(driver);
		factory.create(Again.class);
		LuaScripts scripts = factory.scripts();
		assertThat(scripts.execute("Again.sent", List.class, List.of("k"), "a", List.of("b", 3), new int[] { 4 },
				Map.of("x", "y"), Optional.of("z"), Optional.empty()))
			.isEqualTo(List.of(List.of("k"), List.of("a", "b", "3", "4", "x", "y", "z")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> scripts.execute("Again.sent", List.class, List.of("k"), Optional.empty(), "a"))
			.withMessageContaining("argument 1 is an empty Optional");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> scripts.execute("Again.sent", List.class, List.of("k"), "a", null))
			.withMessageContaining("argument 2 must not be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> scripts.execute("Again.sent", List.class, List.of("k"), (Object[]) null))
			.withMessageContaining("array of arguments must not be null");
	}

	@ParameterizedTest
	@EnumSource
	void whatIsCalledByNameInAPipelineIsZeroAtFirst(Driver driver) {
		LuaRepositoryFactory factory = clients.factory(driver);
		factory.create(One.class);
		LuaScripts scripts = factory.scripts();
		assertThat(scripts.pipelined(() -> {
			int one = scripts.execute("One.one", int.class, List.of());
			assertThat(one).isZero();
		})).containsExactly(1);
	}

	@ParameterizedTest
	@EnumSource
	void aTypeParameterIsWhatTheInterfaceMakesOfIt(Driver driver) {
		Users users = clients.create(driver, Users.class);
		users.save("u7", List.of("7", "Ada"));
		assertThat(users.find("u7")).isEqualTo(new User(7, "Ada"));
		assertThat(users.all(List.of("u7"))).containsExactly(new User(7, "Ada"));
		assertThat(users.byId("u7")).isEqualTo(Map.of("u7", new User(7, "Ada")));
		assertThat(users.findTwice("u7")).containsExactly(new User(7, "Ada"), new User(7, "Ada"));
		Counts counts = clients.create(driver, Counts.class);
		counts.save(8L, List.of("9"));
		assertThat(counts.find(8L)).containsExactly(9L);
	}

	@ParameterizedTest
	@EnumSource
	void anOverrideNarrowsWhatItInherits(Driver driver) {
		Narrowed narrowed = clients.create(driver, Narrowed.class);
		assertThat(narrowed.value()).isEqualTo("42");
		assertThat(((Wide) narrowed).value()).isEqualTo("42");
		assertThat(((Supplier<?>) narrowed).get()).isEqualTo(42L);
	}

	@ParameterizedTest
	@EnumSource
	void methodsAreInheritedFromSeveralInterfaces(Driver driver) {
		Inherited inherited = clients.create(driver, Inherited.class);
		assertThat(inherited.one()).isEqualTo(1);
		assertThat(inherited.two()).isEqualTo(2);
		assertThat(inherited.three()).isEqualTo(3);
		assertThat(inherited).isInstanceOf(Serializable.class);
	}

	@ParameterizedTest
	@EnumSource
	void theSettingsOfTheInterfaceHoldForInheritedMethods(Driver driver) {
		assertThat(clients.create(driver, Settings.class).key("k")).isEqualTo("mine:k");
	}

	@ParameterizedTest
	@EnumSource
	void anInheritedMethodThatIsImplementedNeedsNoScript(Driver driver) {
		Implemented implemented = clients.create(driver, Implemented.class);
		assertThat(implemented.twice()).isEqualTo(42);
		assertThat(implemented.get()).isEqualTo(21L);
	}

	@ParameterizedTest
	@EnumSource
	void anErrorCodeIsTheApplicationsException(Driver driver) {
		Errors errors = clients.create(driver, Errors.class);
		assertThatExceptionOfType(OutOfStock.class).isThrownBy(errors::reserve)
			.withMessage("only 3 left")
			.withCauseInstanceOf(LuaScriptExecutionException.class);
	}

	@ParameterizedTest
	@EnumSource
	void anObjectIsEqualToItselfOnly(Driver driver) {
		LuaRepositoryFactory factory = clients.factory(driver);
		Overloads one = factory.create(Overloads.class);
		Overloads other = factory.create(Overloads.class);
		assertThat(one).isEqualTo(one).isNotEqualTo(other).isNotEqualTo(null).isNotEqualTo("text");
		assertThat(one.hashCode()).isEqualTo(one.hashCode());
		assertThat(new HashSet<>(Set.of(one, other))).hasSize(2).contains(one, other);
		assertThat(one).hasToString("Lua repository io.github.redislua.tests.InterfaceTests$Overloads");
	}

	@ParameterizedTest
	@EnumSource
	void equalsHashCodeAndToStringMayBeDeclared(Driver driver) {
		Declared declared = clients.create(driver, Declared.class);
		assertThat(declared).isEqualTo(declared);
		assertThat(declared.toString()).startsWith("Lua repository ");
		assertThat(declared.hashCode()).isEqualTo(declared.hashCode());
		assertThat(declared.one()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void aDefaultMethodMayHaveAVariableNumberOfArguments(Driver driver) {
		Varargs varargs = clients.create(driver, Varargs.class);
		assertThat(varargs.join("a", "b")).isEqualTo("1 [a, b]");
		assertThat(varargs.join()).isEqualTo("1 []");
		assertThat(varargs.prefixed(">", 1, 2)).isEqualTo("> [1, 2]");
	}

	@ParameterizedTest
	@EnumSource
	void anEmptyOptionalKeyIsNotSaidToBeLeftOutAtTheEnd(Driver driver) {
		OptionalKey optional = clients.create(driver, OptionalKey.class);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> optional.get(Optional.empty()))
			.withMessageContaining("parameter 'key' is an empty Optional")
			.withMessageNotContaining("at the end of the arguments");
	}

	@ParameterizedTest
	@EnumSource
	void anInterfaceOfAnyVisibilityAndNestingWorks(Driver driver) {
		assertThat(clients.create(driver, PackagePrivateScripts.class).sum(1, 2)).isEqualTo(3);
		assertThat(clients.create(driver, PackagePrivateScripts.class).doubled(2)).isEqualTo(4);
		assertThat(clients.create(driver, PublicNested.class).one()).isEqualTo(1);
		assertThat(clients.create(driver, Outer.Inner.class).one()).isEqualTo(1);
		assertThat(clients.create(driver, Hidden.class).two()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void aPublicInterfaceMayReturnAndThrowWhatIsNotPublic(Driver driver) {
		PublicWithHidden hidden = clients.create(driver, PublicWithHidden.class);
		assertThat(hidden.decide()).isEqualTo(new Decision(true, 5));
		assertThat(hidden.decisions()).containsExactly(new Decision(true, 5), new Decision(false, 0));
		assertThat(hidden.json()).isEqualTo(new Decision(true, 5));
		assertThat(hidden.nested()).isEqualTo(new Nested(new Decision(true, 5), Colour.RED));
		assertThat(hidden.colour()).isEqualTo(Colour.RED);
		assertThat(hidden.colours()).isEqualTo(new Colour[][] { { Colour.RED, Colour.BLUE } });
		assertThat(hidden.maybe()).contains(new Decision(true, 5));
		assertThat(hidden.sent(new Decision(true, 7), Colour.BLUE)).isEqualTo("d:7 BLUE");
		assertThat(hidden.twice()).isEqualTo(new Decision(true, 10));
		assertThatExceptionOfType(OutOfStock.class).isThrownBy(hidden::reserve).withMessage("only 3 left");
		assertThat(hidden).isEqualTo(hidden).hasToString("Lua repository " + PublicWithHidden.class.getName());
		assertThat(clients.create(driver, PublicWithHidden.class).decide()).isEqualTo(new Decision(true, 5));
		assertThat(clients.create(driver, OtherPublicWithHidden.class).colour()).isEqualTo(Colour.BLUE);
	}

	@ParameterizedTest
	@EnumSource
	void anInterfaceOfTheJdkKeepsItsDefaultMethods(Driver driver) {
		Lengths lengths = clients.create(driver, Lengths.class);
		assertThat(lengths.apply("four")).isEqualTo(4);
		assertThat(lengths.andThen((length) -> length * 2).apply("four")).isEqualTo(8);
		assertThat(lengths.compose((Integer number) -> "x".repeat(number)).apply(3)).isEqualTo(3);
		assertThat(java.util.stream.Stream.of("a", "bb").map(lengths)).containsExactly(1L, 2L);
		Predicate<String> blank = clients.create(driver, Blank.class);
		assertThat(blank.test("")).isTrue();
		assertThat(blank.negate().test("")).isFalse();
		assertThat(blank.or("x"::equals).test("x")).isTrue();
		Comparator<String> shorter = clients.create(driver, Shorter.class);
		assertThat(java.util.stream.Stream.of("ccc", "a", "bb").sorted(shorter)).containsExactly("a", "bb", "ccc");
		assertThat(java.util.stream.Stream.of("ccc", "a", "bb").sorted(shorter.reversed())).containsExactly("ccc", "bb",
				"a");
		assertThat(shorter.thenComparing(Comparator.naturalOrder()).compare("b", "a")).isEqualTo(1);
		Letters letters = clients.create(driver, Letters.class);
		List<String> seen = new java.util.ArrayList<>();
		letters.forEach(seen::add);
		assertThat(seen).containsExactly("a", "b");
		assertThat(letters.spliterator().tryAdvance(seen::add)).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void anEmptyHashIsNoRecord(Driver driver) {
		Sessions sessions = clients.create(driver, Sessions.class);
		redis.execute("DEL", "s");
		assertThat(sessions.find("s")).isEmpty();
		assertThat(sessions.findNullable("s")).isNull();
		assertThat(sessions.all("s")).containsExactly(Optional.empty());
		redis.execute("HSET", "s", "user", "Ada");
		assertThat(sessions.find("s")).contains(new SessionData("Ada", null));
		assertThat(sessions.findNullable("s")).isEqualTo(new SessionData("Ada", null));
		assertThat(sessions.all("s")).containsExactly(Optional.of(new SessionData("Ada", null)));
	}

	@ParameterizedTest
	@EnumSource
	void placeholdersInKeyTemplatesAreResolved(Driver driver) {
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(clients.connection(driver))
			.placeholders((text) -> text.replace("${region}", "eu").replace("${cart-key}", "{cart:#user}"))
			.build();
		Regional regional = factory.create(Regional.class);
		assertThat(regional.key("7")).containsExactly("eu:7", "{cart:7}", "{users}:fixed");
	}

	@ParameterizedTest
	@EnumSource
	void aLengthThatIsNotZeroIsNeverSentAsZero(Driver driver) {
		Expiring expiring = clients.create(driver, Expiring.class);
		redis.execute("SET", "k", "v");
		assertThatIllegalArgumentException().isThrownBy(() -> expiring.expire("k", Duration.ofNanos(500_000)))
			.withMessageContaining("Expiring.expire(String, Duration) cannot call script 'Expiring.expire': parameter "
					+ "'ttl' is PT0.0005S, which is less than one of its unit (millis) and would be sent as 0: round "
					+ "it yourself, or declare a finer unit. Nothing was sent");
		assertThatIllegalArgumentException().isThrownBy(() -> expiring.expireSeconds("k", Duration.ofMillis(999)))
			.withMessageContaining("PT0.999S");
		assertThat(redis.execute("GET", "k")).isEqualTo("v");
		assertThat(expiring.expire("k", Duration.ofSeconds(100))).isEqualTo(1);
		assertThat(expiring.expire("k", Duration.ZERO)).isEqualTo(1);
		assertThat(redis.execute("GET", "k")).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void aTypeVariableOfAMethodMayBeSent(Driver driver) {
		Sending sending = clients.create(driver, Sending.class);
		assertThat(sending.echo(7)).isEqualTo("7");
		assertThat(sending.echo("x")).isEqualTo("x");
		assertThat(sending.count(List.of(1, 2, 3))).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void anInterfaceInsideAMethodWorks(Driver driver) {
		interface Local {

			@LuaScript(source = "return 1")
			long one();

		}
		assertThat(clients.create(driver, Local.class).one()).isEqualTo(1);
	}

	interface Defaults {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long increment(@Key String key, int amount);

		default long incrementTwice(String key) {
			increment(key, 1);
			return increment(key, 2);
		}

		default String describe(String key, int amount) {
			return key + "=" + increment(key, amount);
		}

		default void refuse() {
			throw new IllegalStateException("not today");
		}

		default String viaPrivate() {
			return hidden();
		}

		private String hidden() {
			return "private";
		}

		static String key(long id) {
			return "counter:" + id;
		}

	}

	interface Overloads {

		@LuaScript(source = "return 'text ' .. ARGV[1]")
		String find(String text);

		@LuaScript(source = "return 'number ' .. ARGV[1]")
		String find(long number);

		@LuaScript(source = "return 'both ' .. ARGV[1] .. ARGV[2]")
		String find(String text, long number);

	}

	interface Base<K, T, V> {

		@LuaScript(source = "redis.call('DEL', KEYS[1]) return redis.call('RPUSH', KEYS[1], unpack(ARGV))")
		void save(@Key K key, V values);

		@LuaScript(source = "return redis.call('LRANGE', KEYS[1], 0, -1)")
		T find(@Key K key);

		@LuaScript(source = """
				local all = {}
				for i, key in ipairs(KEYS) do all[i] = redis.call('LRANGE', key, 0, -1) end
				return all
				""")
		List<T> all(@Key List<K> keys);

		@LuaScript(source = "return {KEYS[1], redis.call('LRANGE', KEYS[1], 0, -1)}")
		Map<K, T> byId(@Key K key);

		default List<T> findTwice(K key) {
			return List.of(find(key), find(key));
		}

	}

	record User(long id, String name) {

	}

	interface Users extends Base<String, User, List<String>> {

	}

	interface Counts extends Base<Long, List<Long>, List<String>> {

	}

	interface Supplier<T> {

		T get();

	}

	interface Wide {

		Object value();

	}

	interface Narrowed extends Wide, Supplier<Long> {

		@Override
		@LuaScript(source = "return 42")
		String value();

		@Override
		@LuaScript(source = "return 42")
		Long get();

	}

	interface One {

		@LuaScript(source = "return 1")
		long one();

	}

	interface Two extends One {

		@LuaScript(source = "return 2")
		long two();

	}

	interface Inherited extends Two, One, Serializable {

		@LuaScript(source = "return 3")
		long three();

	}

	interface Keyed {

		@LuaScript(source = "return KEYS[1]")
		String key(@Key String key);

	}

	@LuaRepository(keyPrefix = "mine:")
	interface Settings extends Keyed {

	}

	interface Implemented extends Supplier<Long> {

		@LuaScript(source = "return 21")
		long half();

		@Override
		default Long get() {
			return half();
		}

		default long twice() {
			return get() + half();
		}

	}

	interface Errors {

		@LuaScript(source = "return redis.error_reply('OUT_OF_STOCK only 3 left')",
				errors = @LuaError(code = "OUT_OF_STOCK", exception = OutOfStock.class))
		void reserve() throws OutOfStock;

	}

	@SuppressWarnings("serial")
	static class OutOfStock extends Exception {

		OutOfStock(String message) {
			super(message);
		}

	}

	interface Declared extends One {

		@Override
		boolean equals(Object other);

		@Override
		int hashCode();

		@Override
		String toString();

	}

	interface Varargs extends One {

		default String join(String... words) {
			return one() + " " + Arrays.asList(words);
		}

		default String prefixed(String prefix, Integer... numbers) {
			return prefix + " " + Arrays.asList(numbers);
		}

	}

	interface Template<K> {

		@LuaScript(source = "return ARGV[1]")
		String seconds(@Arg(unit = ChronoUnit.SECONDS) Duration time);

		@LuaScript(source = "return {KEYS, ARGV}")
		List<List<String>> sent(@Key K key, String first, @Nullable String second);

	}

	interface Again extends Template<String> {

		@Override
		String seconds(Duration time);

		@Override
		List<List<String>> sent(String key, String first, String second);

	}

	interface WithBody extends One {

		@Override
		default long one() {
			return 11;
		}

	}

	interface OptionalKey {

		@LuaScript(source = "return KEYS[1]")
		String get(@Key Optional<String> key);

	}

	public interface PublicNested extends One {

	}

	static class Outer {

		interface Inner extends One {

		}

	}

	private interface Hidden {

		@LuaScript(source = "return 1")
		long one();

		default long two() {
			return one() + one();
		}

	}

	record Decision(boolean allowed, long left) {

	}

	enum Colour {

		RED, BLUE

	}

	private record Nested(Decision decision, Colour colour) {

	}

	public interface PublicWithHidden {

		@LuaScript(source = "return {1, 5}")
		Decision decide();

		@LuaScript(source = "return {{1, 5}, {0, 0}}")
		Decision[] decisions();

		@LuaScript(source = "return cjson.encode({allowed = true, left = 5})", reply = ReplyFormat.JSON)
		Decision json();

		@LuaScript(source = "return {{1, 5}, 'RED'}")
		Nested nested();

		@LuaScript(source = "return 'RED'")
		Colour colour();

		@LuaScript(source = "return {{'RED', 'BLUE'}}")
		Colour[][] colours();

		@LuaScript(source = "return {1, 5}")
		Optional<Decision> maybe();

		@LuaScript(source = "return KEYS[1] .. ' ' .. ARGV[1]", keys = "d:#decision.left")
		String sent(Decision decision, Colour colour);

		@LuaScript(source = "return redis.error_reply('OUT_OF_STOCK only 3 left')",
				errors = @LuaError(code = "OUT_OF_STOCK", exception = OutOfStock.class))
		void reserve() throws OutOfStock;

		default Decision twice() {
			Decision once = decide();
			return new Decision(once.allowed(), once.left() * 2);
		}

	}

	public interface OtherPublicWithHidden {

		@LuaScript(source = "return 'BLUE'")
		Colour colour();

	}

	interface Lengths extends Function<String, Long> {

		@Override
		@LuaScript(source = "return #KEYS[1]")
		Long apply(@Key String text);

	}

	public interface Blank extends Predicate<String> {

		@Override
		@LuaScript(source = "return ARGV[1] == ''")
		boolean test(String text);

	}

	interface Shorter extends Comparator<String> {

		@Override
		@LuaScript(source = """
				if #ARGV[1] == #ARGV[2] then return 0 end
				return #ARGV[1] < #ARGV[2] and -1 or 1
				""")
		int compare(String left, String right);

		@Override
		default Comparator<String> thenComparing(Comparator<? super String> other) {
			return Comparator.super.thenComparing(other);
		}

	}

	interface Letters extends Iterable<String> {

		@LuaScript(source = "return {'a', 'b'}")
		List<String> letters();

		@Override
		default java.util.Iterator<String> iterator() {
			return letters().iterator();
		}

	}

	record SessionData(String user, @Nullable Long expires) {

	}

	interface Sessions {

		@LuaScript(source = "return redis.call('HGETALL', KEYS[1])", reply = ReplyFormat.MAP)
		Optional<SessionData> find(@Key String key);

		@LuaScript(source = "return redis.call('HGETALL', KEYS[1])", reply = ReplyFormat.MAP)
		@Nullable SessionData findNullable(@Key String key);

		@LuaScript(source = "return {redis.call('HGETALL', KEYS[1])}", reply = ReplyFormat.MAP)
		List<Optional<SessionData>> all(@Key String key);

	}

	interface Regional {

		@LuaScript(source = "return KEYS", keys = { "${region}:#user", "${cart-key}", "{users}:fixed" })
		List<String> key(String user);

	}

	interface Expiring {

		@LuaScript(source = "return redis.call('PEXPIRE', KEYS[1], ARGV[1])")
		long expire(@Key String key, Duration ttl);

		@LuaScript(source = "return redis.call('EXPIRE', KEYS[1], ARGV[1])")
		long expireSeconds(@Key String key, @Arg(unit = ChronoUnit.SECONDS) Duration ttl);

	}

	interface Sending {

		@LuaScript(source = "return ARGV[1]")
		<T> String echo(T value);

		@LuaScript(source = "return #ARGV")
		<T extends Comparable<T>> long count(List<T> values);

	}

}
