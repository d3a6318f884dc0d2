package io.github.redislua.internal.execute;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.redislua.internal.script.Script;

/**
 * Runs scripts on the servers behind one connection factory.
 */
public interface ScriptExecutor {

	/**
	 * Makes a script ready to be called.
	 * @param script the script
	 * @param options what is the same for all calls
	 * @return the script, ready
	 */
	PreparedScript prepare(Script script, CallOptions options);

	/**
	 * Loads the scripts that the nodes miss, on all nodes at once: one
	 * {@code SCRIPT EXISTS} for all scripts, then one pipeline of {@code SCRIPT LOAD}.
	 * @param scripts the scripts
	 * @param timeout how long to wait for each node
	 * @return what happened
	 */
	default PreloadResult preload(Collection<Script> scripts, Duration timeout) {
		return preload(scripts, List.of(), timeout);
	}

	/**
	 * Loads the scripts that the nodes miss, and asks one of the nodes for commands: a
	 * {@code COMMAND INFO} in the same trip as its {@code SCRIPT EXISTS}.
	 * @param scripts the scripts
	 * @param commands the names of commands, possibly none
	 * @param timeout how long to wait for each node
	 * @return what happened
	 */
	PreloadResult preload(Collection<Script> scripts, List<String> commands, Duration timeout);

	/**
	 * Asks the nodes for scripts: one {@code SCRIPT EXISTS} a node, of all nodes at once.
	 * @param scripts the scripts
	 * @param timeout how long to wait for all of it
	 * @return the states by the name of the script, by node
	 */
	Map<String, Map<String, ScriptState>> states(Collection<Script> scripts, Duration timeout);

	/**
	 * Sends calls as pipelines, one a node. The first call of each script is preceded by
	 * its {@code SCRIPT LOAD}: a script found missing in the middle could not be healed
	 * without changing the order.
	 * @param calls calls of scripts that this executor made ready
	 * @return the neutral replies in order, a {@code RuntimeException} object where a
	 * call failed
	 * @throws DataAccessException if no call has an answer
	 */
	List<@Nullable Object> executeAll(List<QueuedCall> calls);

	/**
	 * Whether the driver can answer without blocking a thread.
	 * @return {@code true} for Lettuce
	 */
	boolean isAsynchronous();

	/**
	 * Whether the keys of a call have to be in one slot.
	 * @return {@code true} for a Redis Cluster
	 */
	boolean isCluster();

}
