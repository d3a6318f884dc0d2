package io.github.redislua.internal.execute.jedis;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.RedisInputStream;

import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.jedis.JedisReplyGuard.UnreadableReplyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Errors as Jedis reads them with the guard, and without it.
 */
class JedisReplyGuardTests {

	@ParameterizedTest
	@ValueSource(strings = { "AUSVERKAUFT Größe XL fehlt, 漢字", "", "MOVED nowhere", "ASK price too low", "MOVED ",
			"MOVED 1 2 3", "ASK x y:z", "MOVED 1 127.0.0.1:6379", "CLUSTERDOWN", "BUSY", "NOSCRIPT", "NOAUTH",
			"WRONGPASS", "NOPERM", "ERR x", "\uFF76\uFF9E", "\uFFE5 100", "\uD83D\uDE00", "\u2060MOVED nowhere" })
	void errorsOfAnyTextAreReadAndWhatFollowsToo(String error) {
		RedisInputStream input = JedisReplyGuard
			.over(stream("-" + error + "\r\n*3\r\n:1\r\n-" + error + "\r\n:2\r\n-" + error + "\r\n+END\r\n"));
		assertThat(read(input)).isEqualTo(error);
		assertThat(read(input)).isEqualTo(error);
		assertThat(read(input)).isEqualTo(error);
		assertThat(read(input)).isEqualTo("END");
	}

	@Test
	void jedisStillSeesARedirectionThatIsOne() {
		assertThatExceptionOfType(JedisMovedDataException.class)
			.isThrownBy(() -> Protocol.read(JedisReplyGuard.over(stream("-MOVED 7 127.0.0.1:6379\r\n"))))
			.satisfies((ex) -> assertThat(ex.getTargetNode().getPort()).isEqualTo(6379));
	}

	@Test
	void whatOthersReadHasNoMark() {
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> Protocol.read(JedisReplyGuard.over(stream("-AUSVERKAUFT Größe\r\n"))))
			.withMessage("AUSVERKAUFT Größe");
	}

	@ParameterizedTest
	@ValueSource(strings = { "AUSVERKAUFT Größe XL fehlt, 漢字", "ERR x", "\uD83D\uDE00", "NOSCRIPT ä" })
	void withoutTheGuardTheTextIsUndone(String error) {
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> Protocol.read(stream("-" + error + "\r\n")))
			.satisfies((ex) -> assertThat(JedisExchange.error(ex, false).text()).isEqualTo(error));
	}

	@Test
	void withoutTheGuardAnEmptyErrorIsToldFromAnEndOfTheConnection() {
		assertThatExceptionOfType(JedisException.class).isThrownBy(() -> Protocol.read(stream("-\r\n")))
			.satisfies((ex) -> assertThat(JedisText.isEmptyError(ex)).isTrue());
		assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(() -> Protocol.read(stream("")))
			.satisfies((ex) -> assertThat(JedisText.isEmptyError(ex)).isFalse());
	}

	@Test
	void anErrorInsideAMapEndsTheConnectionAndIsTold() {
		RedisInputStream input = JedisReplyGuard.over(stream("*2\r\n%2\r\n+a\r\n*1\r\n:1\r\n+b\r\n-Größe\r\n:2\r\n"));
		assertThatExceptionOfType(UnreadableReplyException.class).isThrownBy(() -> Protocol.read(input))
			.satisfies((ex) -> assertThat(ex.reply().text()).isEqualTo("Größe"));
	}

	@Test
	void anErrorAfterAMapDoesNot() {
		RedisInputStream input = JedisReplyGuard
			.over(stream("%1\r\n+a\r\n*2\r\n:1\r\n%0\r\n-X after\r\n%0\r\n-X last\r\n"));
		assertThat(read(input)).isNotNull();
		assertThat(read(input)).isEqualTo("X after");
		read(input);
		assertThat(read(input)).isEqualTo("X last");
	}

	@Test
	void manyLevelsAreCounted() {
		int levels = 100;
		RedisInputStream input = JedisReplyGuard.over(
				stream("*1\r\n".repeat(levels) + ":1\r\n%1\r\n+a\r\n" + "*1\r\n".repeat(levels) + ":1\r\n-X end\r\n"));
		read(input);
		read(input);
		assertThat(read(input)).isEqualTo("X end");
	}

	private static @Nullable Object read(RedisInputStream input) {
		try {
			Object reply = JedisExchange.neutral(Protocol.read(input));
			return (reply instanceof ErrorReply error) ? error.text()
					: (reply instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : List.of(reply);
		}
		catch (JedisDataException ex) {
			return JedisExchange.error(ex, false).text();
		}
	}

	private static RedisInputStream stream(String replies) {
		return new RedisInputStream(new ByteArrayInputStream(replies.getBytes(StandardCharsets.UTF_8)));
	}

}
