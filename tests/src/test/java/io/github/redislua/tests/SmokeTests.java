package io.github.redislua.tests;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;

class SmokeTests {

	@ParameterizedTest
	@EnumSource
	void works(Driver driver) throws Exception {
		try (LocalRedis redis = LocalRedis.start(); Clients clients = new Clients(redis)) {
			Smoke smoke = clients.create(driver, Smoke.class);
			assertThat(smoke.add("k", 3)).isEqualTo(3);
			redis.execute("SCRIPT", "FLUSH");
			assertThat(smoke.add("k", 4)).isEqualTo(7);
		}
	}

	interface Smoke {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

	}

}
