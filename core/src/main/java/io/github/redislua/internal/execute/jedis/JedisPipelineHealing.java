package io.github.redislua.internal.execute.jedis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.script.Script;

/**
 * Sends those calls of a pipeline of Spring Data Redis again that met a server which did
 * not know their script.
 */
final class JedisPipelineHealing {

	private final AbstractPipeline pipeline;

	private final @Nullable Connection connection;

	private final Runnable reconnect;

	private final List<JedisPipelineReply> replies = new ArrayList<>();

	private boolean demoted;

	JedisPipelineHealing(AbstractPipeline pipeline, @Nullable Connection connection, Runnable reconnect) {
		this.pipeline = pipeline;
		this.connection = connection;
		this.reconnect = reconnect;
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
		return send(new JedisArguments().of(call));
	}

	private Response<Object> send(CommandArguments arguments) {
		return this.pipeline.executeCommand(new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT));
	}

	/**
	 * Sends all calls that did not run, in their order and in one trip. To be called when
	 * the pipeline has been sent.
	 */
	void heal() {
		Set<String> brought = new HashSet<>();
		List<JedisPipelineReply> missing = new ArrayList<>();
		for (JedisPipelineReply reply : this.replies) {
			if (reply.isMissingScript()) {
				missing.add(reply);
			}
		}
		verify(missing);
		for (JedisPipelineReply reply : missing) {
			if (reply.isMissingScript()) {
				reply.sendAgain(brought);
			}
		}
		this.pipeline.sync();
	}

	// A script may return an error of its own that looks just like the server's.
	private void verify(List<JedisPipelineReply> missing) {
		List<JedisPipelineReply> doubtful = missing.stream().filter(JedisPipelineReply::isDoubtful).toList();
		if (doubtful.isEmpty()) {
			return;
		}
		List<Script> scripts = doubtful.stream().map(JedisPipelineReply::script).toList();
		Response<Object> exists = send(JedisExchange.arguments(Resp.scriptExists(scripts)));
		this.pipeline.sync();
		try {
			List<?> answers = (exists.get() instanceof List<?> list) ? list : List.of();
			for (int i = 0; i < doubtful.size(); i++) {
				doubtful.get(i).verified(i < answers.size() && Long.valueOf(0).equals(answers.get(i)));
			}
		}
		catch (JedisDataException ex) {
			// Who may not ask may still send the source, unless the script speaks of it
			// itself.
			doubtful.forEach((reply) -> reply.verified(!reply.script().mentions("NOSCRIPT")));
		}
	}

	/**
	 * Notes that the server takes no writes any more: calls to come are to look for
	 * another.
	 */
	void demoted() {
		if (!this.demoted) {
			this.demoted = true;
			this.reconnect.run();
		}
	}

	/**
	 * To be called when a reply was asked for. The connection to a server that takes no
	 * writes is not used again, but only after the last reply: whatever is to be sent
	 * again needs it.
	 * @param reply the reply
	 */
	void asked(JedisPipelineReply reply) {
		if (this.demoted && this.connection != null && reply == this.replies.get(this.replies.size() - 1)) {
			this.connection.setBroken();
		}
	}

}
