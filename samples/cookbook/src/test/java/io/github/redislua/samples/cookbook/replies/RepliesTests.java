package io.github.redislua.samples.cookbook.replies;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.samples.cookbook.replies.Replies.Ends;
import io.github.redislua.samples.cookbook.replies.Replies.Entry;
import io.github.redislua.samples.cookbook.replies.Replies.Membership;
import io.github.redislua.samples.cookbook.replies.Replies.Outcome;
import io.github.redislua.samples.cookbook.replies.Replies.Page;
import io.github.redislua.samples.cookbook.replies.Replies.Profile;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

@LuaScriptTest
class RepliesTests {

	private static final String KEY = "cookbook:key";

	@Autowired
	private Replies replies;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clear() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void interfaceFitsItsScripts() {
		assertThatScripts(Replies.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void numberIsALong() {
		assertThat(this.replies.number("key")).isZero();
		this.redis.execute("SET", KEY, "four");
		assertThat(this.replies.number("key")).isEqualTo(4);
	}

	@Test
	void errorOfACommandIsAnException() {
		this.redis.execute("RPUSH", KEY, "four");
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> this.replies.number("key"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("WRONGTYPE"));
	}

	@Test
	void fractionIsTextThatIsANumber() {
		assertThat(this.replies.fraction(399, 100)).isEqualTo(new BigDecimal("3.99"));
		assertThat(this.replies.fraction(-1, 8)).isEqualTo(new BigDecimal("-0.125"));
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> this.replies.fraction(1, 0))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("DIVISION_BY_ZERO"));
	}

	@Test
	void stringIsAStringAndNilIsEmpty() {
		assertThat(this.replies.text("key")).isEmpty();
		this.redis.execute("SET", KEY, "größer");
		assertThat(this.replies.text("key")).hasValue("größer");
		this.redis.execute("SET", KEY, "");
		assertThat(this.replies.text("key")).hasValue("");
	}

	@Test
	void stringMayBeANumberButNilIsNone() {
		this.redis.execute("SET", KEY, "9223372036854775807");
		assertThat(this.replies.textThatIsANumber("key")).isEqualTo(Long.MAX_VALUE);
		this.redis.execute("SET", KEY, "3.99");
		assertThatExceptionOfType(LuaScriptReplyException.class).isThrownBy(() -> this.replies.textThatIsANumber("key"))
			.satisfies((ex) -> assertThat(ex.getActual()).isEqualTo("bulk string \"3.99\""));
		this.redis.execute("DEL", KEY);
		assertThatExceptionOfType(LuaScriptReplyException.class).isThrownBy(() -> this.replies.textThatIsANumber("key"))
			.satisfies((ex) -> assertThat(ex.getActual()).isEqualTo("nil"));
	}

	@Test
	void booleanIsABoolean() {
		assertThat(this.replies.isMember("key", "ann")).isFalse();
		this.redis.execute("SADD", KEY, "ann");
		assertThat(this.replies.isMember("key", "ann")).isTrue();
		assertThat(this.replies.isMember("key", "bob")).isFalse();
	}

	@Test
	void arrayMayHaveGaps() {
		this.redis.execute("HSET", KEY, "b", "2");
		assertThat(this.replies.fields("key", List.of("a", "b", "c"))).containsExactly(Optional.empty(),
				Optional.of("2"), Optional.empty());
		assertThat(this.replies.fields("other", List.of("a"))).containsExactly(Optional.empty());
		assertThat(this.replies.fields("key", List.of())).isEmpty();
	}

	@Test
	void nestedArraysAreNestedRecords() {
		this.redis.execute("RPUSH", KEY, "a", "b", "c");
		assertThat(this.replies.page("key", 1, 2))
			.isEqualTo(new Page(3, List.of(new Entry(1, "b"), new Entry(2, "c"))));
		assertThat(this.replies.page("other", 0, 10)).isEqualTo(new Page(0, List.of()));
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> this.replies.page("key", 0, 101))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_PAGE"));
	}

	@Test
	void statusIsAConstant() {
		assertThat(this.replies.enqueue("key", "a", 1)).isEqualTo(Outcome.QUEUED);
		assertThat(this.replies.enqueue("key", "b", 1)).isEqualTo(Outcome.FULL);
		assertThat(this.redis.execute("LRANGE", KEY, "0", "-1")).isEqualTo(List.of("a"));
	}

	@Test
	void errorIsAnException() {
		assertThat(this.replies.twice("key")).isZero();
		this.redis.execute("SET", KEY, "-21");
		assertThat(this.replies.twice("key")).isEqualTo(-42);
		this.redis.execute("SET", KEY, "many");
		assertThatExceptionOfType(NotANumberException.class).isThrownBy(() -> this.replies.twice("key"))
			.withMessage("it is \"many\"");
	}

	@Test
	void hashIsARecordOrAMap() {
		this.redis.execute("HSET", KEY, "level", "7", "name", "ann");
		assertThat(this.replies.profile("key")).isEqualTo(new Profile(Optional.of("ann"), Optional.of(7)));
		assertThat(this.replies.all("key")).containsOnly(entry("name", "ann"), entry("level", "7"));
	}

	@Test
	void hashThatIsNotThereIsARecordWithoutValues() {
		assertThat(this.replies.profile("key")).isEqualTo(new Profile(Optional.empty(), Optional.empty()));
		assertThat(this.replies.all("key")).isEqualTo(Map.of());
	}

	@Test
	void hashWithAValueOfAnotherTypeIsNoSuchRecord() {
		this.redis.execute("HSET", KEY, "level", "high");
		assertThatExceptionOfType(LuaScriptReplyException.class).isThrownBy(() -> this.replies.profile("key"))
			.withMessageContaining("level")
			.satisfies((ex) -> assertThat(ex.getActual()).isEqualTo("bulk string \"high\""));
	}

	@Test
	void namesAndValuesInTurnAreARecord() {
		this.redis.execute("RPUSH", KEY, "a", "b", "c");
		assertThat(this.replies.named("key")).isEqualTo(new Ends(3, Optional.of("a"), Optional.of("c")));
		assertThat(this.replies.named("other")).isEqualTo(new Ends(0, Optional.empty(), Optional.empty()));
	}

	@Test
	void jsonIsText() {
		this.redis.execute("HSET", KEY, "name", "ann");
		assertThat(this.replies.json("key", "{}")).isEqualTo("{\"name\":\"ann\"}");
		assertThat(this.replies.json("key", "{\"name\":\"bob\"}")).isEqualTo("{\"name\":\"bob\"}");
		assertThat(this.replies.json("other", "{\"tags\":[1,2]}")).isEqualTo("{\"tags\":[1,2]}");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.replies.json("key", "{\"name\":"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_JSON"));
	}

	@Test
	void typesOfResp3AreReadAsTheyAre() {
		this.redis.execute("ZADD", "cookbook:{game:go}:scores", "9.75", "ann");
		this.redis.execute("SADD", "cookbook:{game:go}:members", "ann", "bob");
		assertThat(this.replies.membership("go", "ann"))
			.isEqualTo(new Membership(OptionalDouble.of(9.75), true, Set.of("ann", "bob")));
		assertThat(this.replies.membership("go", "eve"))
			.isEqualTo(new Membership(OptionalDouble.empty(), false, Set.of("ann", "bob")));
		assertThat(this.replies.membership("chess", "ann"))
			.isEqualTo(new Membership(OptionalDouble.empty(), false, Set.of()));
	}

	@ParameterizedTest
	@EnumSource(names = { "RESP2", "RESP3" })
	void protocolMakesNoDifference(ProtocolVersion protocol) {
		this.redis.execute("ZADD", "cookbook:{game:go}:scores", "9.75", "ann");
		this.redis.execute("SADD", "cookbook:{game:go}:members", "ann");
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration(this.redis.getHost(), this.redis.getPort()),
				LettuceClientConfiguration.builder()
					.clientOptions(ClientOptions.builder().protocolVersion(protocol).build())
					.build());
		connections.afterPropertiesSet();
		connections.start();
		try {
			Replies replies = LuaRepositoryFactory.builder(connections).build().create(Replies.class);
			assertThat(replies.membership("go", "ann"))
				.isEqualTo(new Membership(OptionalDouble.of(9.75), true, Set.of("ann")));
			assertThat(replies.membership("go", "eve"))
				.isEqualTo(new Membership(OptionalDouble.empty(), false, Set.of("ann")));
		}
		finally {
			connections.destroy();
		}
	}

}
