package io.github.redislua.internal.execute.call;

import java.io.Serial;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Nothing was sent, because there was no connection: to try again does no harm.
 */
public final class NotSentException extends RedisConnectionFailureException {

	@Serial
	private static final long serialVersionUID = 1L;

	public NotSentException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
