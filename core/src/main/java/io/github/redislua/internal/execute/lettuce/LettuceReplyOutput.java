package io.github.redislua.internal.execute.lettuce;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.MapReply;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.Resp;

/**
 * Collects a reply in its neutral form. Lettuce's own outputs each fit some replies only.
 */
class LettuceReplyOutput extends CommandOutput<byte[], byte[], Object> {

	private static final byte[] QUEUED = Resp.ascii("QUEUED");

	private @Nullable Object value;

	private @Nullable ErrorReply firstError;

	// The arrays and maps around the innermost one, which most replies do not have.
	private @Nullable List<List<@Nullable Object>> outer;

	private @Nullable List<@Nullable Object> inner;

	private int depth;

	private boolean delivered;

	@SuppressWarnings("NullAway") // the superclass is not annotated
	LettuceReplyOutput() {
		super(ByteArrayCodec.INSTANCE, null);
	}

	/**
	 * Forgets what was collected: the command is sent anew.
	 */
	void reset() {
		this.value = null;
		this.firstError = null;
		this.outer = null;
		this.inner = null;
		this.depth = 0;
		this.delivered = false;
	}

	@Override
	@SuppressWarnings("NullAway")
	public Object get() {
		return (this.firstError != null) ? this.firstError : this.value;
	}

	@Override
	public void set(@Nullable ByteBuffer bytes) {
		deliver((bytes != null) ? bytes(bytes) : null);
	}

	@Override
	public void setSingle(@Nullable ByteBuffer bytes) {
		set(bytes);
	}

	@Override
	public void setBigNumber(ByteBuffer bytes) {
		deliver(new BigInteger(new String(bytes(bytes), StandardCharsets.US_ASCII)));
	}

	@Override
	public void set(long integer) {
		deliver(integer);
	}

	@Override
	public void set(double number) {
		deliver(number);
	}

	@Override
	public void set(boolean flag) {
		deliver(flag);
	}

	@Override
	public void setError(ByteBuffer error) {
		setError(new String(bytes(error), StandardCharsets.UTF_8));
	}

	@Override
	public void setError(String error) {
		if (this.firstError == null) {
			this.firstError = new ErrorReply(error, isInside(), null);
		}
		deliver(null);
	}

	@Override
	public void multi(int count) {
		multiArray(count);
	}

	@Override
	public void multiArray(int count) {
		if (count < 0) {
			deliver(null);
			return;
		}
		List<@Nullable Object> elements = new ArrayList<>(Math.min(count, 1024));
		deliver(elements);
		push(elements, count);
	}

	@Override
	public void multiPush(int count) {
		multiArray(count);
	}

	@Override
	public void multiSet(int count) {
		multiArray(count);
	}

	@Override
	public void multiMap(int count) {
		if (count < 0) {
			deliver(null);
			return;
		}
		List<@Nullable Object> entries = new ArrayList<>(Math.min(count * 2, 1024));
		deliver(new MapReply(entries));
		push(entries, count);
	}

	@Override
	public void complete(int remaining) {
		if (remaining < this.depth) {
			pop();
		}
		else if (!this.delivered) {
			// Lettuce keeps a status reply 'QUEUED' to itself, in or out of MULTI.
			deliver(QUEUED);
		}
		this.delivered = false;
		if (remaining == 0) {
			finished();
		}
	}

	/**
	 * Called when the whole reply is there.
	 */
	void finished() {
	}

	/**
	 * Whether the reply has begun, and what comes is a part of it.
	 * @return {@code true} inside an array or a map
	 */
	boolean isInside() {
		return this.depth > 0;
	}

	private void deliver(@Nullable Object element) {
		this.delivered = true;
		if (this.inner == null) {
			this.value = element;
		}
		else {
			this.inner.add(element);
		}
	}

	private void push(List<@Nullable Object> elements, int count) {
		List<@Nullable Object> inner = this.inner;
		if (inner != null) {
			if (this.outer == null) {
				this.outer = new ArrayList<>(4);
			}
			this.outer.add(inner);
		}
		this.inner = elements;
		this.depth++;
		if (this.depth > LettuceDepthGuard.LIMIT && count > 0) {
			// Lettuce is about to lose its way in the replies, and to close the
			// connection.
			setError(LettuceDepthGuard.TOO_DEEP);
			finished();
		}
	}

	private void pop() {
		this.depth--;
		this.inner = (this.outer != null && !this.outer.isEmpty()) ? this.outer.remove(this.outer.size() - 1) : null;
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

}
