package io.github.redislua.tests.slice;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;

public interface Counters {

	@LuaScript("slice_add")
	long add(@Key String counter, int amount);

}
