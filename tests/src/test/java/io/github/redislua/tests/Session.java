package io.github.redislua.tests;

import java.util.function.Function;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;

/**
 * A session as a function.
 *
 * @param callback what to do in it
 * @param <T> the type of the result
 */
record Session<T>(Function<RedisOperations<String, String>, T> callback) implements SessionCallback<T> {

	@Override
	@SuppressWarnings("unchecked")
	public <K, V> T execute(RedisOperations<K, V> operations) throws DataAccessException {
		return this.callback.apply((RedisOperations<String, String>) operations);
	}

}
