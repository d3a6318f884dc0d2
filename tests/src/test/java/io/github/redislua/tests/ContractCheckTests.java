package io.github.redislua.tests;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.redislua.CheckMode;
import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.check.Verification;
import io.github.redislua.internal.repository.ScriptParts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A script against the method that runs it, without a server.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContractCheckTests {

	@Test
	void aMethodThatSuppliesTooFewArguments() {
		assertThat(report(TooFew.class)).isEqualTo(
				"""
						TooFew.tryAcquire:2:11: error: script reads ARGV[4], but TooFew.tryAcquire(String,int,int) supplies 2 arguments [count]
						   2 | local b = ARGV[4]
						     |           ^~~~~~~
						     = if it is optional, write 'ARGV[4] or default'""");
	}

	@Test
	void theExceptionHasTheReport() {
		assertThatExceptionOfType(LuaScriptCheckException.class).isThrownBy(() -> create(TooFewKeys.class))
			.withMessage("""
					The script checker found 1 error:
					TooFewKeys.sum:1:8: error: script reads KEYS[2], but TooFewKeys.sum(String) supplies 1 key [count]
					   1 | return KEYS[2] .. KEYS[1]
					     |        ^~~~~~~
					     = add a key to the method (a @Key parameter or a template)""")
			.isInstanceOf(LuaScriptDefinitionException.class)
			.satisfies((ex) -> {
				assertThat(ex).hasMessage(ex.getReport());
				assertThat(ex.getRules()).containsExactly("count");
				assertThat(ex.getFindings()).containsExactly(new Finding("TooFewKeys.sum:1:8", null,
						"script reads KEYS[2], but TooFewKeys.sum(String) supplies 1 key [count]",
						"add a key to the method (a @Key parameter or a template)"));
			});
	}

	@Test
	void whatTheScriptNeverReads() {
		assertThat(report(Unused.class)).isEqualTo(
				"""
						Unused.get:1:1: warning: Unused.get(String,int) supplies 1 argument, but the script never reads ARGV[1] [unused]
						   1 | return redis.call('GET', KEYS[1])
						     | ^""");
	}

	@Test
	void templatesAreKeys() {
		assertThat(report(Templates.class)).isEmpty();
		assertThat(report(TooFewTemplates.class)).contains(
				"script reads KEYS[3], but TooFewTemplates.move(long,String) supplies 2 keys [count]",
				"script reads ARGV[1], but TooFewTemplates.move(long,String) supplies no arguments");
	}

	@Test
	void aCollectionSuppliesAnyNumber() {
		assertThat(report(Spread.class)).isEmpty();
	}

	@Test
	void whatMayBeLeftOutIsARange() {
		assertThat(report(Optionals.class)).isEmpty();
		assertThat(report(TooFewOptionals.class)).contains(
				"script reads ARGV[4], but TooFewOptionals.set(String,String,Long,Optional) supplies 3 arguments");
	}

	@Test
	void aReadOnlyMethodWhoseScriptWrites() {
		assertThat(report(Writes.class)).isEqualTo(
				"""
						Writes.get:1:19: error: Writes.get(String) is read-only, but the script calls DEL, which writes [read-only]
						   1 | return redis.call('DEL', KEYS[1])
						     |                   ^~~~~
						     = take the flag away, or the write""");
	}

	@Test
	void aReplyThatCannotFit() {
		String report = report(Replies.class);
		assertThat(report.lines().filter((line) -> line.contains("error: "))).containsExactly(
				"Replies.component:1:12: error: script returns nil as element 2 here, but component 2 of the record that Replies.component() returns is an integer [reply]",
				"Replies.decimal:1:8: error: script returns a list here, but Replies.decimal() returns a decimal number [reply]",
				"Replies.element:1:9: error: script returns a string ('x') as element 1 here, but an element of the list that Replies.element() returns is an integer [reply]",
				"Replies.future:1:8: error: script returns a list here, but Replies.future() returns an integer [reply]",
				"Replies.integer:1:8: error: script returns a list here, but Replies.integer() returns an integer [reply]",
				"Replies.list:1:8: error: script returns an integer here, but Replies.list() returns a list [reply]",
				"Replies.mono:1:8: error: script returns a list here, but Replies.mono() returns a boolean [reply]",
				"Replies.optional:1:8: error: script returns a list here, but Replies.optional() returns a string [reply]",
				"Replies.record:1:8: error: script returns 3 elements here, but the record that Replies.record() returns has 2 components [reply]",
				"Replies.yes:1:8: error: script returns a list here, but Replies.yes() returns a boolean [reply]");
		assertThat(report).doesNotContain("warning: ");
	}

	@Test
	void theReturnThatDoesNotFitIsTheOneInTheReport() {
		assertThat(report(Decisions.class)).isEqualTo(
				"""
						Decisions.decide:5:8: error: script returns 2 elements here, but the record that Decisions.decide(String,int) returns has 1 component [reply]
						   5 | return { 1, tonumber(ARGV[1]) - count }
						     |        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
						     = return one element per component, in the order of the record""");
	}

	@Test
	void aLongThatBecomesANumber() {
		assertThat(report(Ids.class).lines().filter((line) -> line.contains(" warning: "))).containsExactly(
				"Ids.add:1:54: warning: ARGV[2] is a 64-bit integer of Ids.add(String,String,Optional), but in '..' a number that becomes text keeps 14 digits [precision]",
				"Ids.last:1:8: warning: ARGV[1] is a 64-bit integer of Ids.last(long), but in the reply a number is exact to 2^53 only [precision]");
	}

	@Test
	void repliesThatFitAreNoFinding() {
		assertThat(report(Fitting.class)).isEmpty();
	}

	@Test
	void aConverterMayReadAnyReply() {
		GenericConversionService converters = new GenericConversionService();
		converters.addConverter(String.class, Pair.class, (text) -> new Pair(0, 0));
		LuaRepositoryFactory factory = LuaRepositoryFactory.offline().locations().conversionService(converters).build();
		assertThat(inspect(factory, Converted.class).report().toString()).isEmpty();
	}

	@Test
	void twoMethodsOfOneScriptAreTwoContracts(@TempDir Path folder) {
		String location = ScriptFiles.with("one.lua", "return KEYS[1] .. ARGV[2]").in(folder);
		LuaRepositoryFactory factory = LuaRepositoryFactory.offline().locations(location).build();
		assertThat(inspect(factory, One.class, Other.class).report().findings())
			.extracting((finding) -> finding.message())
			.containsExactly("One.one(String,int,int) supplies 2 arguments, but the script never reads ARGV[1]",
					"script reads ARGV[2], but Other.one(String) supplies no arguments");
	}

	@Test
	void whatIsInheritedHasTheNameOfTheInterface() {
		assertThat(report(Inheriting.class)).contains("but Inheriting.get(Object) supplies no arguments");
	}

	@Test
	void warningsAreLoggedOnceAndTheObjectIsThere(CapturedOutput output) {
		LuaRepositoryFactory factory = LuaRepositoryFactory.offline().locations().build();
		factory.create(Unused.class);
		factory.create(Unused.class);
		factory.check(List.of(Unused.class));
		assertThat(output.getAll()).containsOnlyOnce("The script checker found 1 warning:")
			.containsOnlyOnce("the script never reads ARGV[1] [unused]");
	}

	@Test
	void errorsAreLoggedOnRequest(CapturedOutput output) {
		LuaRepositoryFactory.offline().locations().checkerMode(CheckMode.WARN).build().create(TooFewKeys.class);
		assertThat(output.getAll()).containsOnlyOnce("The script checker found 1 error:")
			.containsOnlyOnce("but TooFewKeys.sum(String) supplies 1 key [count]");
	}

	@Test
	void nothingIsCheckedOnRequest(CapturedOutput output) {
		LuaRepositoryFactory factory = LuaRepositoryFactory.offline().locations().checkerMode(CheckMode.NONE).build();
		factory.create(TooFewKeys.class);
		factory.check(List.of(Unused.class));
		assertThat(output.getAll()).doesNotContain("script checker");
	}

	@Test
	void anErrorStaysAnError() {
		LuaRepositoryFactory factory = LuaRepositoryFactory.offline().locations().build();
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(LuaScriptCheckException.class).isThrownBy(() -> factory.create(TooFewKeys.class));
		}
	}

	@Test
	void theCheckerCanBeSetUp() {
		assertThatCode(
				() -> LuaRepositoryFactory.offline().locations().checkerAllow("count").build().create(TooFewKeys.class))
			.doesNotThrowAnyException();
		LuaRepositoryFactory.Builder builder = LuaRepositoryFactory.offline();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.checkerAllow("counts"))
			.withMessageStartingWith("There is no checker rule 'counts'. The rules are ");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.checkerAllow("syntax"))
			.withMessage("The checker rule 'syntax' cannot be allowed: Redis refuses such a script, "
					+ "whatever the checker says.");
	}

	@Test
	void whatDoesNotFitJavaComesFirst() {
		assertThatExceptionOfType(LuaScriptDefinitionException.class).isThrownBy(
				() -> LuaRepositoryFactory.offline().locations().build().check(List.of(TooFewKeys.class, Misfit.class)))
			.isNotInstanceOf(LuaScriptCheckException.class)
			.withMessageContaining("Misfit.start()");
	}

	@Test
	void withoutAServerThereIsNothingToCall() {
		Fitting fitting = create(Fitting.class);
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(fitting::anything)
			.withMessage("LuaRepositoryFactory.offline() is for checks only: there is no server to call");
	}

	private static <T> T create(Class<T> repository) {
		return LuaRepositoryFactory.offline().locations().build().create(repository);
	}

	private static String report(Class<?> repository) {
		return inspect(LuaRepositoryFactory.offline().locations().build(), repository).report().toString();
	}

	private static Verification inspect(LuaRepositoryFactory factory, Class<?>... repositories) {
		return factory.unwrap(ScriptParts.class).checks().inspect(List.of(repositories));
	}

	interface TooFew {

		@LuaScript(source = """
				local a = ARGV[1] .. ARGV[2] .. KEYS[1]
				local b = ARGV[4]
				return a .. b""")
		String tryAcquire(@Key String bucket, int capacity, int refill);

	}

	interface TooFewKeys {

		@LuaScript(source = "return KEYS[2] .. KEYS[1]")
		String sum(@Key String key);

	}

	interface Unused {

		@LuaScript(source = "return redis.call('GET', KEYS[1])")
		String get(@Key String key, int amount);

	}

	interface Templates {

		@LuaScript(source = "return redis.call('SMOVE', KEYS[1], KEYS[2], KEYS[3] .. ARGV[1])",
				keys = { "{cart:#user}:items", "{cart:#user}:total" })
		long move(@Arg long user, @Key String member);

	}

	interface TooFewTemplates {

		@LuaScript(source = "return redis.call('SMOVE', KEYS[1], KEYS[2], KEYS[3] .. ARGV[1])",
				keys = "{cart:#user}:items")
		long move(long user, @Key String member);

	}

	interface Spread {

		@LuaScript(source = "return KEYS[9] .. ARGV[1]")
		String keys(@Key List<String> keys, String value);

		@LuaScript(source = "return KEYS[9] .. ARGV[1]", keys = "item:#ids")
		String template(Set<Long> ids, @Arg String value);

		@LuaScript(source = "return KEYS[1] .. ARGV[7]")
		String array(@Key String key, int... values);

		@LuaScript(source = "return KEYS[1] .. ARGV[8]")
		String map(@Key String key, Map<String, String> fields);

	}

	interface Optionals {

		@LuaScript(source = "return KEYS[1] .. ARGV[1] .. (ARGV[2] or '') .. (ARGV[3] or '')")
		String set(@Key String key, String value, @Nullable Long ttl, Optional<String> mode);

	}

	interface TooFewOptionals {

		@LuaScript(source = "return KEYS[1] .. ARGV[1] .. (ARGV[2] or '') .. (ARGV[3] or '') .. ARGV[4]")
		String set(@Key String key, String value, @Nullable Long ttl, Optional<String> mode);

	}

	interface Writes {

		@LuaScript(source = "return redis.call('DEL', KEYS[1])", readOnly = true)
		long get(@Key String key);

	}

	interface Replies {

		@LuaScript(source = "return {1, 2}")
		boolean yes();

		@LuaScript(source = "return {1, 2}")
		BigInteger integer();

		@LuaScript(source = "return {1, 2}")
		double decimal();

		@LuaScript(source = "return 1")
		List<Long> list();

		@LuaScript(source = "return {1, 2, 3}")
		Pair record();

		@LuaScript(source = "return {1, 2}")
		Optional<String> optional();

		@LuaScript(source = "return {1, 2}")
		CompletableFuture<OptionalLong> future();

		@LuaScript(source = "return {1, 2}")
		Mono<Boolean> mono();

		@LuaScript(source = "return {1, false}")
		Pair component();

		@LuaScript(source = "return {'x'}")
		long[] element();

	}

	record Decision(boolean allowed) {

	}

	interface Decisions {

		@LuaScript(source = """
				local count = redis.call('INCR', KEYS[1])
				if count > tonumber(ARGV[1]) then
				  return { 0 }
				end
				return { 1, tonumber(ARGV[1]) - count }""")
		Decision decide(@Key String key, int limit);

	}

	interface Ids {

		@LuaScript(source = "return tonumber(ARGV[1])")
		long last(long id);

		@LuaScript(source = "return redis.call('SADD', KEYS[1], ARGV[1] .. ':' .. tonumber(ARGV[2] or 0))")
		long add(@Key String key, String name, Optional<Long> id);

		@LuaScript(source = "return ARGV[1]")
		long exact(long id);

		@LuaScript(source = "return tonumber(ARGV[1])")
		int small(int id);

	}

	record Pair(long left, long right) {

	}

	interface Fitting {

		@LuaScript(source = "return {1, 2}")
		Flux<Long> flux();

		@LuaScript(source = "return {1, 2}")
		Pair byPosition();

		@LuaScript(source = "return {'left', '1', 'right', '2'}", reply = ReplyFormat.MAP)
		Pair byName();

		@LuaScript(source = "return {'left', 1}")
		Map<String, Long> map();

		@LuaScript(source = "return {{1, 2}}")
		CompletableFuture<List<Pair>> pairs();

		@LuaScript(source = "return '{}'", reply = ReplyFormat.JSON)
		Map<String, Long> json();

		@LuaScript(source = "return {1, 2}")
		void nothing();

		@LuaScript(source = "return {1, 2}")
		Mono<Void> later();

		@LuaScript(source = "return {1, 2}")
		Object anything();

		@LuaScript(source = "return redis.status_reply('OK')")
		boolean done();

		@LuaScript(source = "return '/tmp'")
		Path path();

		@LuaScript(source = "return {1, false}")
		List<Long> missing();

		@LuaScript(source = "return {false, 1}")
		Tree tree();

		@LuaScript(source = "if redis.call('GET', KEYS[1]) then return redis.error_reply('FULL') end return 1")
		long error(@Key String key);

		@LuaScript(source = "return false", reply = ReplyFormat.JSON)
		boolean flag();

	}

	record Tree(boolean leaf, long value, @Nullable Tree left, @Nullable List<Tree> others) {

	}

	interface Converted {

		@LuaScript(source = "return 1")
		Pair one();

	}

	interface One {

		@LuaScript
		String one(@Key String key, int first, int second);

	}

	interface Other {

		@LuaScript
		String one(@Key String key);

	}

	interface Base<T> {

		@LuaScript(source = "return KEYS[1] .. ARGV[1]")
		String get(@Key T key);

	}

	interface Inheriting extends Base<String> {

	}

	interface Misfit {

		@LuaScript(source = "return 1")
		Thread start();

	}

}
