package io.github.redislua.internal.execute.lettuce;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.resource.ClientResources;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LettuceDepthGuardTests {

	private static final String DEEP = "*1\r\n".repeat(LettuceDepthGuard.LIMIT);

	private static final String ERROR = "-" + LettuceDepthGuard.TOO_DEEP + "\r\n";

	private static ClientResources resources;

	@BeforeAll
	static void start() {
		resources = ClientResources.create();
	}

	@AfterAll
	static void stop() {
		resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
	}

	@ParameterizedTest
	@ValueSource(strings = { ":1\r\n", "+OK\r\n", "-ERR no\r\n", "$-1\r\n", "$0\r\n\r\n", "$5\r\na\r\n*1\r\n", "*0\r\n",
			"*-1\r\n", "*2\r\n:1\r\n*1\r\n$1\r\n*\r\n", "%1\r\n+a\r\n~2\r\n#t\r\n_\r\n", ",1.5\r\n", "(12345\r\n",
			"=7\r\ntxt:abc\r\n", "!5\r\nERR x\r\n", ">2\r\n+message\r\n:1\r\n" })
	void whatIsFlatPasses(String replies) {
		assertPasses(replies + replies);
	}

	@Test
	void asManyLevelsAsLettuceReadsPass() {
		assertPasses(DEEP + ":1\r\n:2\r\n" + DEEP + "*0\r\n" + DEEP + "*-1\r\n" + DEEP + "$-1\r\n:3\r\n");
	}

	@Test
	void anErrorTakesThePlaceOfADeeperElement() {
		assertBecomes(DEEP + "*1\r\n:1\r\n:2\r\n", DEEP + ERROR + ":2\r\n");
		assertBecomes(DEEP + "*1\r\n".repeat(200) + "$3\r\n*1\r\r\n:2\r\n", DEEP + ERROR + ":2\r\n");
	}

	@Test
	void itsNeighboursPass() {
		String around = "*1\r\n".repeat(LettuceDepthGuard.LIMIT - 1) + "*4\r\n";
		assertBecomes(around + ":1\r\n*2\r\n%1\r\n+a\r\n*0\r\n$1\r\nb\r\n*0\r\n:4\r\n+next\r\n",
				around + ":1\r\n" + ERROR + "*0\r\n:4\r\n+next\r\n");
	}

	@Test
	void whatIsNotTheProtocolIsLeftToLettuce() {
		assertBecomes("?what\r\n:1\r\n", "?what\r\n:1\r\n");
	}

	private static void assertPasses(String replies) {
		assertBecomes(replies, replies);
	}

	// However the bytes come in.
	private static void assertBecomes(String replies, String expected) {
		for (int size = 1; size <= replies.length(); size = (size < 9) ? size + 1 : size * 3) {
			assertThat(read(replies, size)).as("in pieces of " + size).isEqualTo(expected);
		}
		assertThat(read(replies, replies.length())).as("in one piece").isEqualTo(expected);
	}

	private static String read(String replies, int size) {
		StringBuilder read = new StringBuilder();
		EmbeddedChannel channel = new EmbeddedChannel();
		CommandHandler handler = new CommandHandler(ClientOptions.create(), resources,
				new DefaultEndpoint(ClientOptions.create(), resources)) {

			@Override
			public void channelRegistered(ChannelHandlerContext context) {
				// Nothing is decoded here.
			}

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				ByteBuf buffer = (ByteBuf) message;
				read.append(buffer.toString(StandardCharsets.US_ASCII));
				buffer.release();
			}

		};
		channel.pipeline().addLast(new ChannelInboundHandlerAdapter(), handler);
		assertThat(LettuceDepthGuard.install(channel, true)).isTrue();
		assertThat(LettuceDepthGuard.install(channel, true)).as("once").isTrue();
		byte[] bytes = replies.getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < bytes.length; i += size) {
			channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(bytes, i, Math.min(size, bytes.length - i)));
		}
		return read.toString();
	}

}
