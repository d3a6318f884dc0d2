package io.github.redislua;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * The scripts of the application: to list them, to load them and to call them by name.
 */
public interface LuaScripts {

	/**
	 * All scripts, those found in the locations and the inline ones.
	 * @return the definitions, sorted by name
	 */
	Collection<LuaScriptDefinition> definitions();

	/**
	 * The script of a name.
	 * @param name the name, for example {@code ratelimit/token_bucket}
	 * @return its definition
	 * @throws LuaScriptNotFoundException if there is no such script
	 */
	LuaScriptDefinition definition(String name);

	/**
	 * Loads the scripts on every node that misses some of them: one {@code SCRIPT EXISTS}
	 * for all, then the missing ones by {@code SCRIPT LOAD} in one pipeline.
	 * @return the nodes ({@code host:port}), each with the number of scripts that it had
	 * to load
	 * @throws LuaScriptExecutionException if Redis refuses a script
	 * @throws DataAccessException if a node cannot be reached
	 */
	Map<String, Integer> preload();

	/**
	 * Runs a script.
	 * @param <T> the type of the result
	 * @param name the script's name
	 * @param type what to make of the reply, {@link Object} for the neutral reply
	 * @param keys the keys, sent as a parameter annotated with {@code @Key} would be
	 * @param args the arguments, sent as parameters of their run-time types would be
	 * @return the reply as {@code type}, {@code null} for nil
	 * @throws LuaScriptNotFoundException if there is no such script
	 * @throws LuaScriptExecutionException if the script or Redis answers with an error
	 * @throws LuaScriptReplyException if the reply does not fit {@code type}
	 * @throws DataAccessException for what is not the script's fault
	 */
	<T> @Nullable T execute(String name, Class<T> type, List<?> keys, Object... args);

	/**
	 * Sends the repository calls that {@code calls} makes on this thread as one pipeline.
	 * In there a reference type returns {@code null} and a primitive its zero; the
	 * results are in the list. The text of a script goes out at most once.
	 * @param calls makes the calls; an exception that it throws is passed on and nothing
	 * is sent
	 * @return the typed results in the order of the calls; the exception object where a
	 * call failed
	 * @throws DataAccessException if the connection fails
	 */
	List<@Nullable Object> pipelined(Runnable calls);

}
