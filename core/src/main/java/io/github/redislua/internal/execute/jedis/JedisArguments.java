package io.github.redislua.internal.execute.jedis;

import java.util.Iterator;
import java.util.NoSuchElementException;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.args.RawableFactory;
import redis.clients.jedis.commands.ProtocolCommand;

import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;

/**
 * A command's arguments without an object for each of them: Jedis walks over them once
 * while it writes, so that the walk itself can stand for the argument it is at. Can be
 * used for one command after the other.
 */
final class JedisArguments extends CommandArguments implements Iterator<Rawable>, Rawable {

	private static final byte[][] NONE = {};

	private byte[] command = {};

	private byte[] first = {};

	private byte[] second = {};

	private byte[][] rest = NONE;

	private int next;

	JedisArguments() {
		super(new Unnamed());
	}

	/**
	 * Takes a call.
	 * @param call the call
	 * @return these arguments
	 */
	JedisArguments of(ScriptCall call) {
		this.command = call.command().bytes();
		this.first = call.body();
		this.second = Resp.decimal(call.keyCount());
		this.rest = call.values();
		return this;
	}

	/**
	 * Lets go of the values.
	 */
	void clear() {
		this.rest = NONE;
	}

	@Override
	public ProtocolCommand getCommand() {
		byte[] name = this.command;
		return () -> name;
	}

	@Override
	public int size() {
		return 3 + this.rest.length;
	}

	@Override
	public Iterator<Rawable> iterator() {
		this.next = 0;
		return this;
	}

	@Override
	public boolean hasNext() {
		return this.next < size();
	}

	@Override
	public Rawable next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		this.next++;
		return this;
	}

	@Override
	public byte[] getRaw() {
		return raw(this.next - 1);
	}

	// Overrides CommandArguments.get(int) of Jedis 7.
	public Rawable get(int index) {
		return RawableFactory.from(raw(index));
	}

	private byte[] raw(int index) {
		return switch (index) {
			case 0 -> this.command;
			case 1 -> this.first;
			case 2 -> this.second;
			default -> this.rest[index - 3];
		};
	}

	/**
	 * What the superclass wants to begin with.
	 */
	private static final class Unnamed implements ProtocolCommand {

		@Override
		public byte[] getRaw() {
			throw new IllegalStateException("The arguments stand for the command");
		}

	}

}
