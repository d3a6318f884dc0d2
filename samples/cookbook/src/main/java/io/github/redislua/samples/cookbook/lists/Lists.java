package io.github.redislua.samples.cookbook.lists;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * What the commands of lists do not do by themselves.
 */
@LuaRepository(path = "lists", keyPrefix = "cookbook:")
public interface Lists {

	@LuaScript
	Optional<String> rotate(@Key String list);

	@LuaScript
	Optional<String> popAbove(@Key String list, long minimum);

	@LuaScript
	long appendToRing(@Key String list, String element, long capacity);

	@LuaScript
	Pushed push(@Key String list, String element, long limit, int removeAtMost);

	@LuaScript(readOnly = true)
	Summary summarizeAbove(@Key String list, BigDecimal threshold, long readAtMost);

	record Pushed(long length, List<String> removed) {
	}

	record Summary(long count, BigDecimal sum) {
	}

}
