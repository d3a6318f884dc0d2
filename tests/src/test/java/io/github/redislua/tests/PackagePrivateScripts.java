package io.github.redislua.tests;

import io.github.redislua.annotation.LuaScript;

interface PackagePrivateScripts {

	@LuaScript(source = "return ARGV[1] + ARGV[2]")
	long sum(int left, int right);

	default long doubled(int number) {
		return sum(number, number);
	}

}
