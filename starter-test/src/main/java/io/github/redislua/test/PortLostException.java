package io.github.redislua.test;

import java.io.Serial;

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
