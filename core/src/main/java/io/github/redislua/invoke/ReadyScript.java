package io.github.redislua.invoke;

import io.github.redislua.execute.CallOptions;
import io.github.redislua.execute.PreparedScript;
import io.github.redislua.execute.ScriptExecutor;
import io.github.redislua.script.Script;

/**
 * A script that is ready to be called by one method.
 *
 * @param script the script
 * @param declared what the method says of all its calls
 * @param prepared the script, ready
 */
record ReadyScript(Script script, CallOptions declared, PreparedScript prepared) {

	static ReadyScript of(Script script, CallOptions declared, ScriptExecutor executor) {
		CallOptions options = new CallOptions(declared.method(), declared.readOnly() || script.readOnly(),
				declared.idempotent(), declared.timeout(), declared.deferrable());
		return new ReadyScript(script, declared, executor.prepare(script, options));
	}

	ReadyScript with(Script other, ScriptExecutor executor) {
		return of(other, this.declared, executor);
	}

}
