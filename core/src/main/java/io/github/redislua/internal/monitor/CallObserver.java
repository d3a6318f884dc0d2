package io.github.redislua.internal.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Observes the calls of one method, each from being sent until it has its result. It
 * never sees keys, arguments or replies.
 */
public interface CallObserver {

	/**
	 * A call is about to be sent.
	 * @param parent what the call is a part of, {@code null} for what is current on this
	 * thread
	 * @return the call, {@code null} if nobody wants to know of it
	 */
	@Nullable ObservedCall start(@Nullable Object parent);

	/**
	 * One call.
	 */
	interface ObservedCall {

		/**
		 * Makes the call current on this thread, so that what the driver observes becomes
		 * a part of it.
		 * @return ends that, on the same thread
		 */
		Scope open();

		/**
		 * The call has its result.
		 */
		void succeeded();

		/**
		 * The call has none.
		 * @param failure why, before it is turned into the application's own exception
		 */
		void failed(Throwable failure);

	}

	/**
	 * The time in which a call is current on a thread.
	 */
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
