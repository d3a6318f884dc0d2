package io.github.redislua.internal.execute.policy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptErrorTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					# text of the server                                                                        | code               | message                                        | line
					WRONGTYPE Operation against a key script: 5f2c, on @user_script:7.                          | WRONGTYPE          | Operation against a key                        | 7
					ERR user_script:3: attempt to perform arithmetic on a nil value script: 5f2c, on @user_script:3. | ERR           | attempt to perform arithmetic on a nil value   | 3
					ERR Error compiling script (new function): user_script:12: '=' expected near 'x'            | ERR                | Error compiling script (new function): '=' expected near 'x' | 12
					ERR Error running script (call to f_5f2c): @user_script:9: WRONGTYPE Operation against a key | WRONGTYPE         | Operation against a key                        | 9
					ERR Error running script (call to f_5f2c): @user_script:4: user_script:4: boom              | ERR                | boom                                           | 4
					ERR Error running script (call to f_5f2c): @enable_strict_lua:15: user_script:2: Script attempted to access nonexistent global variable 'x' | ERR | Script attempted to access nonexistent global variable 'x' | 2
					ERR Error running script (call to f_5f2c): @user_script: 5: Wrong number of args calling Redis command From Lua script | ERR | Wrong number of args calling Redis command From Lua script | 5
					WRONGTYPE Operation against a key script: increment, on @user_function:3.                   | WRONGTYPE          | Operation against a key                        | 3
					INSUFFICIENT_FUNDS balance is 3                                                             | INSUFFICIENT_FUNDS | balance is 3                                   | 0
					INSUFFICIENT_FUNDS balance is 3 script: 5f2c, on @user_script:1.                            | INSUFFICIENT_FUNDS | balance is 3                                   | 1
					ERR user_script:1: INSUFFICIENT_FUNDS balance is 3 script: 5f2c, on @user_script:1.         | INSUFFICIENT_FUNDS | balance is 3                                   | 1
					ERR INSUFFICIENT_FUNDS                                                                      | INSUFFICIENT_FUNDS | ''                                             | 0
					INSUFFICIENT_FUNDS                                                                          | INSUFFICIENT_FUNDS | ''                                             | 0
					ERR boom                                                                                    | ERR                | boom                                           | 0
					boom                                                                                        | boom               | ''                                             | 0
					not enough money                                                                            | -                  | not enough money                               | 0
					NOPERM this user has no permissions to run the 'evalsha' command                            | NOPERM             | this user has no permissions to run the 'evalsha' command | 0
					BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.      | BUSY               | Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE. | 0
					ERR value is not an integer or out of range script: 5f2c, on @user_script:1.                | ERR                | value is not an integer or out of range        | 1
					""")
	void isTakenApart(String text, String code, String message, int line) {
		assertThat(ScriptError.parse(text)).isEqualTo(new ScriptError(code, message, line));
	}

}
