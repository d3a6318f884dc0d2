package io.github.redislua.execute;

import java.util.Iterator;
import java.util.NoSuchElementException;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.args.RawableFactory;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * A command's arguments without an object for each of them: Jedis walks over them once
 * while it writes, so that the walk itself can stand for the argument it is at.
 */
final class JedisArguments extends CommandArguments implements Iterator<Rawable>, Rawable {

	private final byte[] first;

	private final byte[] second;

	private final byte[][] rest;

	private final int offset;

	private int next;

	/**
	 * Create new arguments.
	 * @param command the command
	 * @param first its first argument
	 * @param second its second argument
	 * @param rest all others
	 * @param offset where in the rest to begin
	 */
	JedisArguments(ProtocolCommand command, byte[] first, byte[] second, byte[][] rest, int offset) {
		super(command);
		this.first = first;
		this.second = second;
		this.rest = rest;
		this.offset = offset;
	}

	static JedisArguments of(ScriptCall call) {
		return new JedisArguments(call.command()::bytes, call.body(), Resp.decimal(call.keyCount()), call.values(), 0);
	}

	static CommandArguments of(byte[][] command) {
		if (command.length >= 3) {
			return new JedisArguments(() -> command[0], command[1], command[2], command, 3);
		}
		CommandArguments arguments = new CommandArguments(() -> command[0]);
		for (int i = 1; i < command.length; i++) {
			arguments.add(command[i]);
		}
		return arguments;
	}

	@Override
	public int size() {
		return 3 + this.rest.length - this.offset;
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
			case 0 -> getCommand().getRaw();
			case 1 -> this.first;
			case 2 -> this.second;
			default -> this.rest[this.offset + index - 3];
		};
	}

}
