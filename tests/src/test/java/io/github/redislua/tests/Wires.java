package io.github.redislua.tests;

import java.util.EnumMap;
import java.util.Map;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.test.LocalRedis;

/**
 * Repositories on one server, over any {@link Wire}.
 */
final class Wires implements AutoCloseable {

	private final LocalRedis redis;

	private final Map<Wire, RedisConnectionFactory> connections = new EnumMap<>(Wire.class);

	Wires(LocalRedis redis) {
		this.redis = redis;
	}

	<T> T create(Wire wire, Class<T> repository) {
		return LuaRepositoryFactory.builder(connection(wire)).build().create(repository);
	}

	RedisConnectionFactory connection(Wire wire) {
		return this.connections.computeIfAbsent(wire, (key) -> key.connect(this.redis));
	}

	@Override
	public void close() throws Exception {
		for (RedisConnectionFactory connection : this.connections.values()) {
			((DisposableBean) connection).destroy();
		}
	}

}
