package io.github.redislua.samples.cookbook.replies;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;

/**
 * What a script may return, and what it is in Java.
 */
@LuaRepository(path = "replies", keyPrefix = "cookbook:")
public interface Replies {

	@LuaScript(readOnly = true)
	long number(@Key String string);

	@LuaScript(readOnly = true)
	BigDecimal fraction(long dividend, long divisor);

	@LuaScript(readOnly = true)
	Optional<String> text(@Key String string);

	// Nil is no number: for a string that is not there this throws.
	@LuaScript(name = "text", readOnly = true)
	long textThatIsANumber(@Key String string);

	@LuaScript(name = "boolean", readOnly = true)
	boolean isMember(@Key String set, String member);

	@LuaScript(readOnly = true)
	List<Optional<String>> fields(@Key String hash, List<String> fields);

	@LuaScript(readOnly = true)
	Page page(@Key String list, long from, int size);

	@LuaScript("status")
	Outcome enqueue(@Key String queue, String element, int capacity);

	@LuaScript(name = "error", readOnly = true,
			errors = @LuaError(code = "NOT_A_NUMBER", exception = NotANumberException.class))
	long twice(@Key String string);

	@LuaScript(reply = ReplyFormat.MAP, readOnly = true)
	Profile profile(@Key String hash);

	@LuaScript(name = "profile", readOnly = true)
	Map<String, String> all(@Key String hash);

	@LuaScript(reply = ReplyFormat.MAP, readOnly = true)
	Ends named(@Key String list);

	@LuaScript(readOnly = true)
	String json(@Key String hash, String object);

	@LuaScript(name = "resp3", keys = { "{game:#game}:scores", "{game:#game}:members" }, reply = ReplyFormat.MAP,
			readOnly = true)
	Membership membership(String game, String player);

	record Page(long total, List<Entry> entries) {
	}

	record Entry(long index, String element) {
	}

	record Profile(Optional<String> name, Optional<Integer> level) {
	}

	record Ends(long length, Optional<String> first, Optional<String> last) {
	}

	record Membership(OptionalDouble score, boolean listed, Set<String> members) {
	}

	enum Outcome {

		/**
		 * The element is in the queue.
		 */
		QUEUED,

		/**
		 * The queue has no room for the element.
		 */
		FULL

	}

}
