package io.github.redislua.tests;

import java.util.EnumMap;
import java.util.Map;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.test.LocalRedis;

/**
 * Repositories on one server with either driver.
 */
final class Clients implements AutoCloseable {

	private final LocalRedis redis;

	private final Map<Driver, RedisConnectionFactory> connections = new EnumMap<>(Driver.class);

	Clients(LocalRedis redis) {
		this.redis = redis;
	}

	RedisConnectionFactory connection(Driver driver) {
		return this.connections.computeIfAbsent(driver, (key) -> key.connect(this.redis));
	}

	LuaRepositoryFactory factory(Driver driver) {
		return LuaRepositoryFactory.builder(connection(driver)).build();
	}

	<T> T create(Driver driver, Class<T> repository) {
		return factory(driver).create(repository);
	}

	@Override
	public void close() {
		this.connections.values().forEach(Clients::destroy);
	}

	private static void destroy(RedisConnectionFactory connection) {
		try {
			((DisposableBean) connection).destroy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
