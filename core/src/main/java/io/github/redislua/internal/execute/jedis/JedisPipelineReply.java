package io.github.redislua.internal.execute.jedis;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.script.Script;

/**
 * The reply to a call in a pipeline of Spring Data Redis, which asks for it when the
 * pipeline has been sent. If the server did not know the script, the call is sent again
 * then.
 */
final class JedisPipelineReply extends Response<Object> {

	private final JedisPipelineHealing healing;

	private final Runnable healed;

	private ScriptCall call;

	private Response<Object> reply;

	private boolean again;

	private boolean reported;

	// Whether the script is on the server, so that the error is its own.
	private boolean own;

	private boolean verified;

	JedisPipelineReply(JedisPipelineHealing healing, ScriptCall call, Runnable healed) {
		super(BuilderFactory.RAW_OBJECT);
		this.healing = healing;
		this.call = call;
		this.healed = healed;
		this.reply = healing.send(call);
	}

	Script script() {
		return this.call.target().script();
	}

	/**
	 * Sends the call again.
	 * @param brought the digests of the scripts whose source went out already
	 */
	void sendAgain(Set<String> brought) {
		if (brought.add(script().sha1()) || this.again) {
			this.call = this.call.with(this.call.command().withSource());
		}
		this.again = true;
		this.verified = false;
		this.reply = this.healing.send(this.call);
	}

	boolean isMissingScript() {
		if (this.call.command().bySource() || this.own) {
			return false;
		}
		ErrorReply error = error();
		return error != null && error.isMissingScript();
	}

	/**
	 * Whether the error that says so may be the script's.
	 * @return {@code true} if the server is to be asked
	 */
	boolean isDoubtful() {
		return !this.verified && this.call.mayMake("NOSCRIPT");
	}

	/**
	 * Notes what the server says.
	 * @param missing whether it does not know the script
	 */
	void verified(boolean missing) {
		this.verified = true;
		this.own = !missing;
	}

	private @Nullable ErrorReply error() {
		try {
			this.reply.get();
			return null;
		}
		catch (JedisDataException ex) {
			return JedisExchange.error(ex, false);
		}
	}

	@Override
	public @Nullable Object get() {
		while (isMissingScript()) {
			this.healing.heal();
		}
		try {
			Object value = this.reply.get();
			report();
			return value;
		}
		catch (JedisDataException ex) {
			ErrorReply error = JedisExchange.error(ex, false);
			if (error.raisedInScript()) {
				report();
			}
			if (error.isReadOnlyReplica()) {
				this.healing.demoted();
			}
			throw ex;
		}
		finally {
			this.healing.asked(this);
		}
	}

	private void report() {
		if (this.again && !this.reported) {
			this.reported = true;
			this.healed.run();
		}
	}

}
