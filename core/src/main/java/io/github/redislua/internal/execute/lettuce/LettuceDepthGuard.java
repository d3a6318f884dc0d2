package io.github.redislua.internal.execute.lettuce;

import io.lettuce.core.protocol.CommandHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

import io.github.redislua.internal.execute.call.Resp;

/**
 * Keeps replies from Lettuce that are nested deeper than it can read: it would close the
 * connection, on which others wait for their replies. An error takes the place of what is
 * too deep. Follows the protocol as far as the nesting; values are skipped.
 */
final class LettuceDepthGuard extends ChannelInboundHandlerAdapter {

	/**
	 * How many arrays and maps within each other Lettuce can read.
	 */
	static final int LIMIT = 31;

	static final String TOO_DEEP = "ERR The reply is nested deeper than the " + LIMIT
			+ " levels that Lettuce can read. The script ran. Return a reply with fewer levels, "
			+ "for example as JSON with cjson.encode";

	private static final byte[] ERROR = Resp.ascii("-" + TOO_DEEP + "\r\n");

	private static final String NAME = "redis-lua-depth-guard";

	/** The elements to come, of each array or map that has begun. */
	private final long[] elements = new long[LIMIT];

	/** How many of them there are; more than {@link #LIMIT} is never known. */
	private int depth;

	/** The elements to come of what is left out, 0 if nothing is. */
	private long dropped;

	private State state = State.TYPE;

	private byte type;

	private long number;

	private boolean negative;

	/** The bytes of a value to come. */
	private long payload;

	/** Whether the bytes at hand are to be kept from Lettuce. */
	private boolean held;

	private boolean tooDeep;

	private LettuceDepthGuard() {
	}

	/**
	 * Puts a guard into a channel. To be called on the channel's own thread.
	 * @param channel the channel
	 * @param anew whether the channel is new, so that no reply has come yet that somebody
	 * waits for
	 * @return whether there is a guard now; {@code false} if a reply may be half read
	 */
	static boolean install(Channel channel, boolean anew) {
		ChannelPipeline pipeline = channel.pipeline();
		CommandHandler handler = pipeline.get(CommandHandler.class);
		if (handler == null || pipeline.get(NAME) != null) {
			return true;
		}
		if (!anew && !handler.getStack().isEmpty()) {
			return false;
		}
		pipeline.addBefore(pipeline.context(handler).name(), NAME, new LettuceDepthGuard());
		return true;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf buffer)) {
			context.fireChannelRead(message);
			return;
		}
		int begin = buffer.readerIndex();
		int end = buffer.writerIndex();
		// Where the bytes begin that Lettuce is to have next.
		int from = this.held ? -1 : begin;
		boolean whole = !this.held;
		int i = begin;
		while (i < end) {
			if (this.state == State.PAYLOAD) {
				int skipped = (int) Math.min(this.payload, end - i);
				i += skipped;
				this.payload -= skipped;
				if (this.payload == 0) {
					ended();
				}
			}
			else if (this.state == State.LINE) {
				int line = buffer.indexOf(i, end, (byte) '\n');
				i = (line < 0) ? end : line + 1;
				if (line >= 0) {
					ended();
				}
			}
			else {
				byte next = buffer.getByte(i);
				if (this.state == State.TYPE && !this.held && this.depth == LIMIT && isAggregate(next)) {
					forward(context, buffer, from, i);
					from = -1;
					whole = false;
					this.held = true;
				}
				i++;
				if (!take(next)) {
					// Not the protocol as it is known: Lettuce knows better.
					context.pipeline().remove(this);
					break;
				}
			}
			if (this.held && this.state == State.TYPE && this.dropped == 0) {
				// The end of what was held back.
				this.held = false;
				context.fireChannelRead(Unpooled.wrappedBuffer(replacement()));
				from = i;
			}
		}
		if (whole) {
			context.fireChannelRead(message);
			return;
		}
		if (!this.held) {
			forward(context, buffer, from, end);
		}
		buffer.release();
	}

	private static void forward(ChannelHandlerContext context, ByteBuf buffer, int from, int to) {
		if (from >= 0 && to > from) {
			context.fireChannelRead(buffer.retainedSlice(from, to - from));
		}
	}

	// What was held back was an array without elements, or too deep.
	private byte[] replacement() {
		byte[] bytes = this.tooDeep ? ERROR
				: Resp.ascii((char) this.type + (this.negative ? "-" : "") + this.number + "\r\n");
		this.tooDeep = false;
		return bytes;
	}

	private boolean take(byte next) {
		if (this.state == State.TYPE) {
			return begin(next);
		}
		if (next == '\n') {
			counted();
		}
		else if (next == '-') {
			this.negative = true;
		}
		else if (next >= '0' && next <= '9') {
			this.number = this.number * 10 + (next - '0');
		}
		else if (next != '\r') {
			return false;
		}
		return true;
	}

	private boolean begin(byte type) {
		this.type = type;
		switch (type) {
			case '+', '-', ':', ',', '#', '(', '_' -> this.state = State.LINE;
			case '$', '=', '!', '*', '~', '>', '%', '|' -> {
				this.state = State.COUNT;
				this.number = 0;
				this.negative = false;
			}
			default -> {
				return false;
			}
		}
		return true;
	}

	private static boolean isAggregate(byte type) {
		return type == '*' || type == '~' || type == '>' || type == '%' || type == '|';
	}

	// The length of a value, or the number of elements.
	private void counted() {
		this.state = State.TYPE;
		if (!isAggregate(this.type)) {
			if (this.negative) {
				ended();
			}
			else {
				this.payload = this.number + 2;
				this.state = State.PAYLOAD;
			}
			return;
		}
		long count = (this.type == '%' || this.type == '|') ? 2 * this.number : this.number;
		if (this.type == '|') {
			// The value itself comes after its attributes.
			count++;
		}
		if (this.negative || count == 0) {
			ended();
		}
		else if (this.held) {
			this.tooDeep = true;
			this.dropped += count - ((this.dropped > 0) ? 1 : 0);
		}
		else {
			this.elements[this.depth++] = count;
		}
	}

	// A value has come to its end, and with it perhaps what it is an element of.
	private void ended() {
		this.state = State.TYPE;
		if (this.dropped > 0 && --this.dropped > 0) {
			return;
		}
		while (this.depth > 0 && --this.elements[this.depth - 1] == 0) {
			this.depth--;
		}
	}

	private enum State {

		/** The first byte of a value is next. */
		TYPE,

		/** Up to the end of the line. */
		LINE,

		/** The digits of a number. */
		COUNT,

		/** The bytes of a value, and the end of the line. */
		PAYLOAD

	}

}
