package io.github.redislua.internal.execute.jedis;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.redislua.internal.execute.call.ScriptCall;

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

	JedisPipelineReply(JedisPipelineHealing healing, ScriptCall call, Runnable healed) {
		super(BuilderFactory.RAW_OBJECT);
		this.healing = healing;
		this.call = call;
		this.healed = healed;
		this.reply = healing.send(call);
	}

	/**
	 * Sends the call again.
	 * @param brought the digests of the scripts whose source went out already
	 */
	void sendAgain(Set<String> brought) {
		if (brought.add(this.call.target().script().sha1()) || this.again) {
			this.call = this.call.with(this.call.command().withSource());
		}
		this.again = true;
		this.reply = this.healing.send(this.call);
	}

	boolean isMissingScript() {
		if (this.call.command().bySource()) {
			return false;
		}
		try {
			this.reply.get();
			return false;
		}
		catch (JedisDataException ex) {
			return JedisExchange.error(ex, false).isMissingScript();
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
			if (JedisExchange.error(ex, false).raisedInScript()) {
				report();
			}
			throw ex;
		}
	}

	private void report() {
		if (this.again && !this.reported) {
			this.reported = true;
			this.healed.run();
		}
	}

}
