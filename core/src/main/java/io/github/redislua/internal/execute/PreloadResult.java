package io.github.redislua.internal.execute;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.internal.script.Script;

/**
 * What a preload did.
 *
 * @param loaded the nodes that were reached, each with the number of scripts that it had
 * to load
 * @param failed the nodes that could not be loaded, and why
 * @param failedReplicas the replicas that could not be loaded, without which everything
 * works, and why
 * @param rejected the scripts that a server refused to compile
 * @param commands what a server answered to {@code COMMAND INFO}, empty if it did not or
 * was not asked
 */
public record PreloadResult(Map<String, Integer> loaded, Map<String, RuntimeException> failed,
		Map<String, RuntimeException> failedReplicas, Map<Script, LuaScriptExecutionException> rejected,
		List<@Nullable Object> commands) {

}
