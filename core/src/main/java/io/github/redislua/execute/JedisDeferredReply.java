package io.github.redislua.execute;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The reply to a call in a pipeline of Spring Data Redis, which asks for it when the
 * pipeline has been sent. If the server did not know the script, the call is sent again
 * then.
 */
final class JedisDeferredReply extends Response<Object> {

	private final AbstractPipeline pipeline;

	private ScriptCall call;

	private final Runnable healed;

	private Response<Object> reply;

	/**
	 * Adds a call to a pipeline.
	 * @param pipeline the pipeline
	 * @param call the call
	 * @param healed to be run when the server did not know the script and does now
	 */
	JedisDeferredReply(AbstractPipeline pipeline, ScriptCall call, Runnable healed) {
		super(BuilderFactory.RAW_OBJECT);
		this.pipeline = pipeline;
		this.call = call;
		this.healed = healed;
		this.reply = send(call);
	}

	private Response<Object> send(ScriptCall call) {
		return this.pipeline
			.executeCommand(new CommandObject<>(new JedisArguments().of(call), BuilderFactory.RAW_OBJECT));
	}

	@Override
	public @Nullable Object get() {
		try {
			return this.reply.get();
		}
		catch (JedisDataException ex) {
			if (this.call.command().bySource() || !JedisExchange.error(ex, false).isMissingScript()) {
				throw ex;
			}
		}
		this.call = this.call.with(this.call.command().withSource());
		this.reply = send(this.call);
		this.pipeline.sync();
		return healed();
	}

	private @Nullable Object healed() {
		try {
			Object value = this.reply.get();
			this.healed.run();
			return value;
		}
		catch (JedisDataException ex) {
			if (JedisExchange.error(ex, false).raisedInScript()) {
				this.healed.run();
			}
			throw ex;
		}
	}

}
