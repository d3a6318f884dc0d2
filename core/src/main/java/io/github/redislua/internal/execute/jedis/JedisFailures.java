package io.github.redislua.internal.execute.jedis;

import java.net.SocketTimeoutException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.exceptions.JedisException;

import io.github.redislua.internal.execute.call.CallFailure;

/**
 * Tells what an exception of Jedis means for a command that was handed to a connection.
 */
final class JedisFailures {

	private final JedisConnectionFactory factory;

	private final String server;

	JedisFailures(JedisConnectionFactory factory, String server) {
		this.factory = factory;
		this.server = server;
	}

	/**
	 * Why a command that was handed to a connection has no reply.
	 * @param ex what the driver threw
	 * @param until when its time was over, as {@link System#nanoTime()} counts
	 * @return the failure, or an exception that tells the caller of a mistake
	 */
	RuntimeException afterSending(RuntimeException ex, long until) {
		if (ex instanceof CallFailure || ex instanceof InvalidDataAccessApiUsageException) {
			return ex;
		}
		RuntimeException cause = translate(ex);
		// The watch closes the socket of who writes for too long.
		if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof SocketTimeoutException
				|| until - System.nanoTime() <= 0) {
			return CallFailure.timedOut("no reply from " + this.server + " in time", cause);
		}
		if (Thread.currentThread().isInterrupted()) {
			// That closes the socket that a virtual thread reads from.
			return CallFailure.interrupted("interrupted while waiting for the reply of " + this.server, cause);
		}
		if (!this.factory.isRunning()) {
			return CallFailure.closed("the connections to " + this.server + " were closed before the reply", cause);
		}
		return CallFailure.lost("the connection to " + this.server + " was lost before the reply", cause);
	}

	/**
	 * The exception that Spring Data Redis makes of one of the driver's.
	 * @param ex the driver's exception
	 * @return what applications know
	 */
	RuntimeException translate(RuntimeException ex) {
		if (ex instanceof DataAccessException || !(ex instanceof JedisException)) {
			return ex;
		}
		RuntimeException translated = this.factory.translateExceptionIfPossible(ex);
		return (translated != null) ? translated : ex;
	}

}
