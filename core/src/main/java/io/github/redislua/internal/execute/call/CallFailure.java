package io.github.redislua.internal.execute.call;

import java.io.Serial;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * Why a call, or another command, has no reply. Drivers throw it, or complete a
 * {@link PendingReply} with it; what the caller gets is decided elsewhere.
 */
public final class CallFailure extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final boolean passing;

	private CallFailure(Kind kind, String message, @Nullable Throwable cause) {
		this(kind, message, cause, true);
	}

	private CallFailure(Kind kind, String message, @Nullable Throwable cause, boolean passing) {
		super(message, cause, false, false);
		this.kind = kind;
		this.passing = passing;
	}

	/**
	 * Nothing was sent, and nothing will be, for a reason that has nothing to do with the
	 * server: to look for another does not help.
	 * @param message what kept it from being sent
	 * @param cause the driver's exception, if there is one
	 * @return the failure
	 */
	public static CallFailure refused(String message, @Nullable Throwable cause) {
		return new CallFailure(Kind.NOT_SENT, message, cause, false);
	}

	/**
	 * Whether another server may take the call.
	 * @return {@code false} if this client is what keeps it from being sent
	 */
	public boolean isPassing() {
		return this.passing;
	}

	/**
	 * Nothing was sent, and nothing will be.
	 * @param message what kept it from being sent
	 * @param cause the driver's exception, if there is one
	 * @return the failure
	 */
	public static CallFailure notSent(String message, @Nullable Throwable cause) {
		return new CallFailure(Kind.NOT_SENT, message, cause);
	}

	/**
	 * The connection was lost after the command was handed to it.
	 * @param message what happened
	 * @param cause the driver's exception, if there is one
	 * @return the failure
	 */
	public static CallFailure lost(String message, @Nullable Throwable cause) {
		return new CallFailure(Kind.LOST, message, cause);
	}

	/**
	 * The application closed the connection, as it does when it stops.
	 * @param message what happened
	 * @param cause the driver's exception, if there is one
	 * @return the failure
	 */
	public static CallFailure closed(String message, @Nullable Throwable cause) {
		return new CallFailure(Kind.CLOSED, message, cause);
	}

	/**
	 * The reply did not come in time.
	 * @param message what was waited for
	 * @param cause the driver's exception, if there is one
	 * @return the failure
	 */
	public static CallFailure timedOut(String message, @Nullable Throwable cause) {
		return new CallFailure(Kind.TIMED_OUT, message, cause);
	}

	/**
	 * The waiting thread was interrupted after the command was handed to the connection.
	 * @param message what was waited for
	 * @param cause the driver's exception, if there is one
	 * @return the failure
	 */
	public static CallFailure interrupted(String message, @Nullable Throwable cause) {
		return new CallFailure(Kind.INTERRUPTED, message, cause);
	}

	/**
	 * What a future was completed with.
	 * @param ex a failure, or what should have been one
	 * @return the failure
	 */
	public static CallFailure of(@Nullable Throwable ex) {
		if (ex instanceof CompletionException && ex.getCause() != null) {
			return of(ex.getCause());
		}
		return (ex instanceof CallFailure failure) ? failure : lost(String.valueOf(ex), ex);
	}

	/**
	 * What happened.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * What happened to a command. Only of {@link #NOT_SENT} it is known that the server
	 * did not run it.
	 */
	public enum Kind {

		/** It never left this machine. */
		NOT_SENT,

		/** The connection broke before the reply. */
		LOST,

		/** The application closed the connection before the reply. */
		CLOSED,

		/** No reply in time. */
		TIMED_OUT,

		/** The thread that waited for the reply was interrupted. */
		INTERRUPTED

	}

}
