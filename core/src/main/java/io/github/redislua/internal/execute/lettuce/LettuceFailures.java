package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.execute.call.CallFailure;

/**
 * Tells what Lettuce's exceptions mean for a command, and for connecting to a server.
 */
final class LettuceFailures {

	private final String server;

	private final LettuceConnectionFactory factory;

	LettuceFailures(String server, LettuceConnectionFactory factory) {
		this.server = server;
		this.factory = factory;
	}

	/**
	 * What ended a command.
	 * @param ex Lettuce's exception, {@code null} if it cancelled the command
	 * @param sent whether the command may have left this machine
	 * @return the failure
	 */
	CallFailure ended(@Nullable Throwable ex, boolean sent) {
		if (ex instanceof CallFailure known) {
			return known;
		}
		Throwable cause = (ex != null) ? translated(ex) : null;
		if (!sent) {
			return CallFailure.notSent("no connection to " + this.server, cause);
		}
		return this.factory.isRunning() ? CallFailure.lost("the connection to " + this.server + " was lost", cause)
				: CallFailure.closed("the connection to " + this.server + " was closed with its factory", cause);
	}

	/**
	 * The connection broke.
	 * @return the failure of a command that was sent on it
	 */
	CallFailure lost() {
		return ended(null, true);
	}

	/**
	 * There is no time left.
	 * @param sent whether the command may have left this machine
	 * @param time how long it was waited for, in nanoseconds, negative if that is not
	 * known
	 * @return the failure
	 */
	CallFailure expired(boolean sent, long time) {
		String within = (time >= 0) ? " within " + Math.max(1, TimeUnit.NANOSECONDS.toMillis(time)) + " ms"
				: " in time";
		return sent ? CallFailure.timedOut("no reply from " + this.server + within, null)
				: CallFailure.notSent("no connection to " + this.server + within, null);
	}

	/**
	 * The thread that waited was interrupted.
	 * @param sent whether the command may have left this machine
	 * @param ex the interruption
	 * @return the failure
	 */
	CallFailure interrupted(boolean sent, @Nullable InterruptedException ex) {
		return sent
				? CallFailure
					.interrupted("the thread was interrupted while it waited for the reply from " + this.server, ex)
				: CallFailure.notSent("the thread was interrupted while it waited for a connection to " + this.server,
						ex);
	}

	/**
	 * Connecting failed, so that nothing was sent.
	 * @param ex the exception
	 * @return the failure, or the exception itself if the caller made a mistake
	 */
	RuntimeException notConnected(Throwable ex) {
		Throwable cause = unwrapped(ex);
		if (cause instanceof CallFailure || cause instanceof InvalidDataAccessApiUsageException) {
			return (RuntimeException) cause;
		}
		return CallFailure.notSent("no connection to " + this.server, translated(cause));
	}

	private Throwable translated(Throwable ex) {
		RuntimeException translated = (ex instanceof RuntimeException runtime)
				? this.factory.translateExceptionIfPossible(runtime) : null;
		return (translated != null) ? translated : ex;
	}

	private static Throwable unwrapped(Throwable ex) {
		Throwable cause = ex;
		while ((cause instanceof CompletionException || cause instanceof ExecutionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

}
