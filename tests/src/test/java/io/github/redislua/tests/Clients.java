package io.github.redislua.tests;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.CheckMode;
import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.test.LocalRedis;

/**
 * Repositories on one server with either driver.
 */
final class Clients implements AutoCloseable {

	private final LocalRedis redis;

	private final Map<Driver, RedisConnectionFactory> connections = new EnumMap<>(Driver.class);

	private final List<RedisConnectionFactory> others = new ArrayList<>();

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

	<T> T createUnchecked(Driver driver, Class<T> repository) {
		return LuaRepositoryFactory.builder(connection(driver)).checkerMode(CheckMode.NONE).build().create(repository);
	}

	<T> T create(Driver driver, String user, String password, Class<T> repository) {
		RedisConnectionFactory connection = driver.connect(this.redis, user, password);
		this.others.add(connection);
		return LuaRepositoryFactory.builder(connection).build().create(repository);
	}

	@Override
	public void close() {
		this.connections.values().forEach(Clients::destroy);
		this.others.forEach(Clients::destroy);
	}

	static void destroy(RedisConnectionFactory connection) {
		try {
			((DisposableBean) connection).destroy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
