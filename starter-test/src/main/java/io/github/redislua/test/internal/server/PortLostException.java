package io.github.redislua.test.internal.server;

import java.io.Serial;

import io.github.redislua.test.LocalRedisException;

/**
 * Another process has taken the port in the meantime.
 */
class PortLostException extends LocalRedisException {

	@Serial
	private static final long serialVersionUID = 1L;

	PortLostException(String message) {
		super(message);
	}

}
