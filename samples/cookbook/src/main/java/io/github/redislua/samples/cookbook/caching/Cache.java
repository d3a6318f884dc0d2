package io.github.redislua.samples.cookbook.caching;

import java.time.Duration;
import java.util.Optional;

import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Stale while revalidate: an old value is good enough while one caller gets a new one.
 */
@LuaRepository(path = "caching", keyPrefix = "cookbook:")
public interface Cache {

	@LuaScript(keys = { "{cache:#name}:value", "{cache:#name}:revalidating" }, idempotent = true)
	void store(String name, String value, Duration fresh, Duration stale);

	// Not idempotent: the right to revalidate is given once.
	@LuaScript(keys = { "{cache:#name}:value", "{cache:#name}:revalidating" })
	Cached fetch(String name, Duration stale, Duration toRevalidate);

	record Cached(Optional<String> value, State state) {
	}

	enum State {

		/**
		 * The value is good.
		 */
		FRESH,

		/**
		 * The value is old, and somebody gets a new one.
		 */
		STALE,

		/**
		 * The value is old, and it is the caller who gets a new one.
		 */
		REVALIDATE,

		/**
		 * There is no value.
		 */
		MISS

	}

}
