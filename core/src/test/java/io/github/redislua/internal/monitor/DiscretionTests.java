package io.github.redislua.internal.monitor;

import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.PoolException;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Discretion}.
 */
class DiscretionTests {

	private static final String SECRET = "sesame:1";

	static Stream<Throwable> failures() {
		RuntimeException cause = new IllegalStateException(SECRET);
		return Stream.of(new QueryTimeoutException(SECRET, cause), new RedisConnectionFailureException(SECRET, cause),
				new RedisSystemException(SECRET, cause), new PoolException(SECRET, cause),
				new InvalidDataAccessApiUsageException("the keys '" + SECRET + "' and 'b' are in different slots"),
				new IllegalArgumentException(SECRET, cause), new IllegalStateException(SECRET, cause),
				new UnsupportedOperationException(SECRET), new CancellationException(SECRET),
				new StackOverflowError(SECRET), new RuntimeException(SECRET, cause), new Exception(SECRET, cause),
				new ConversionFailedException(TypeDescriptor.valueOf(String.class), TypeDescriptor.valueOf(Long.class),
						SECRET, cause),
				new LuaScriptExecutionException(SECRET, "script", "sha1", SECRET, SECRET, "lua/script.lua:7", cause),
				new LuaScriptReplyException(SECRET, "script",
						"value of field '" + SECRET + ": x' of Map<String, Long>: element 2 of List<Long>: Long",
						"bulk string \"" + SECRET + "\"", cause),
				new LuaScriptReplyException(SECRET, "script",
						"field 1 of record User(String name): value of field '" + SECRET + "': Long", SECRET, cause));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void nothingThatMayBeTheCallersIsShown(Throwable failure) {
		failure.addSuppressed(new IllegalStateException(SECRET));
		Throwable shown = Discretion.without(failure, "script");
		assertThat(shown).hasNoCause().hasNoSuppressedExceptions().hasMessageStartingWith("Script 'script' ");
		assertThat(shown.toString()).doesNotContain(SECRET);
		assertThat(shown.getStackTrace()).isEqualTo(failure.getStackTrace());
		if (shown instanceof LuaScriptExecutionException ex) {
			assertThat(ex.getCode()).isNull();
			assertThat(ex.getError()).isEmpty();
		}
		if (shown instanceof LuaScriptReplyException ex) {
			assertThat(ex.getExpected()).isEqualTo("Long");
			assertThat(ex.getActual()).isEmpty();
		}
	}

	@Test
	void theTypeStaysWhatItIsOrTheNearestAboveIt() {
		assertThat(Discretion.without(new QueryTimeoutException(SECRET), "s"))
			.isExactlyInstanceOf(QueryTimeoutException.class)
			.hasMessage("Script 's' failed: org.springframework.dao.QueryTimeoutException");
		assertThat(Discretion.without(new OwnException(), "s")).isExactlyInstanceOf(RedisSystemException.class)
			.hasMessage("Script 's' failed: " + OwnException.class.getName());
		assertThat(Discretion.without(new StackOverflowError(), "s")).isExactlyInstanceOf(Error.class);
		assertThat(Discretion.without(new java.io.IOException(), "s")).isExactlyInstanceOf(RuntimeException.class)
			.hasMessage("Script 's' failed: java.io.IOException");
	}

	@Test
	void whatTheLibraryKnowsStays() {
		assertThat(Discretion
			.without(new LuaScriptExecutionException("m", "s", "sha1", "OUT_OF_STOCK", "e", "lua/s.lua:7", null), "s"))
			.hasMessage("Script 's' failed at lua/s.lua:7: OUT_OF_STOCK");
		assertThat(Discretion.without(
				new LuaScriptReplyException("m", "s", "component 'left' of record Decision: long", "nil", null), "s"))
			.hasMessage("Script 's' did run, but its reply does not fit: expected component 'left' of record "
					+ "Decision: long");
	}

	@SuppressWarnings("serial")
	private static final class OwnException extends RedisSystemException {

		OwnException() {
			super(SECRET, null);
		}

	}

}
