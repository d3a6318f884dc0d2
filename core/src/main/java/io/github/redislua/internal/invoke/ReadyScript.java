package io.github.redislua.internal.invoke;

import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.PreparedScript;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.script.Script;

/**
 * A script that is ready to be called by one method.
 *
 * @param script the script
 * @param declared what the method says of all its calls
 * @param prepared the script, ready
 */
public record ReadyScript(Script script, CallOptions declared, PreparedScript prepared) {

	public static ReadyScript of(Script script, CallOptions declared, ScriptExecutor executor) {
		CallOptions options = new CallOptions(declared.method(), declared.readOnly() || script.readOnly(),
				declared.idempotent(), declared.timeout(), declared.deferrable());
		return new ReadyScript(script, declared, executor.prepare(script, options));
	}

	public ReadyScript with(Script other, ScriptExecutor executor) {
		return of(other, this.declared, executor);
	}

}
