package io.github.redislua.internal.execute.jedis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Response;

import io.github.redislua.internal.execute.call.ScriptCall;

/**
 * Sends those calls of a pipeline of Spring Data Redis again that met a server which did
 * not know their script.
 */
final class JedisPipelineHealing {

	private final AbstractPipeline pipeline;

	private final List<JedisPipelineReply> replies = new ArrayList<>();

	JedisPipelineHealing(AbstractPipeline pipeline) {
		this.pipeline = pipeline;
	}

	/**
	 * Adds a call to the pipeline.
	 * @param call the call
	 * @param healed to be run when the server did not know the script and does now
	 * @return the reply to come
	 */
	JedisPipelineReply add(ScriptCall call, Runnable healed) {
		JedisPipelineReply reply = new JedisPipelineReply(this, call, healed);
		this.replies.add(reply);
		return reply;
	}

	Response<Object> send(ScriptCall call) {
		return this.pipeline
			.executeCommand(new CommandObject<>(new JedisArguments().of(call), BuilderFactory.RAW_OBJECT));
	}

	/**
	 * Sends all calls that did not run, in their order and in one trip. To be called when
	 * the pipeline has been sent.
	 */
	void heal() {
		Set<String> brought = new HashSet<>();
		for (JedisPipelineReply reply : this.replies) {
			if (reply.isMissingScript()) {
				reply.sendAgain(brought);
			}
		}
		this.pipeline.sync();
	}

}
