package io.github.redislua.lint;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mistakes that tutorials about Redis scripting teach, each found by name.
 */
class TaughtBugsTests {

	@Test
	void aMissThatStartsWithNilArrivesEmpty() {
		found("local value = redis.call('GET', KEYS[1])\nif not value then return { nil, 'miss' } end\n"
				+ "return { value, 'fresh' }", "2:return", "the reply is an empty list");
	}

	@Test
	void aRecordWrittenAsATableWithNamesArrivesEmpty() {
		found("local s = redis.call('ZSCORE', KEYS[1], ARGV[1])\nlocal r = redis.call('ZREVRANK', KEYS[1], ARGV[1])\n"
				+ "return { score = s, rank = r }", "3:return", "becomes an empty list");
	}

	@Test
	void successWrittenAsATableWithANameArrivesEmpty() {
		found("redis.call('SET', KEYS[1], ARGV[1])\nreturn { success = true, value = 1 }", "2:return",
				"becomes an empty list");
	}

	@Test
	void nilAsTheSecondElementIsLost() {
		found("local ok, reply = pcall(redis.call, 'INCR', KEYS[1])\nif ok then return { 1, reply } end\n"
				+ "return { 0, nil }", "3:return", "the reply has 1 element");
	}

	@Test
	void aSessionKeyBuiltInTheScriptBreaksOnACluster() {
		found("for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do\n  redis.call('DEL', 'session:' .. id)\nend",
				"2:undeclared-key", "'session:'");
	}

	@Test
	void aKeyBuiltFromAnotherKeyBreaksOnACluster() {
		found("local flag = KEYS[1]\nreturn redis.call('SISMEMBER', flag .. ':whitelist', ARGV[1])", "2:undeclared-key",
				"':whitelist'");
	}

	@Test
	void aKeyFromTheArgumentsBreaksOnACluster() {
		found("return redis.call('GET', ARGV[1])", "1:undeclared-key", "comes from ARGV");
	}

	@Test
	void aKeyThatIsALiteralIsAnErrorOnACluster() {
		List<Finding> findings = Check.cluster("redis.call('SET', 'key', 'value')");
		assertThat(Check.brief(findings)).containsExactly("1:undeclared-key!");
		assertThat(findings.toString()).contains("the key 'key' is not declared");
	}

	@Test
	void aTransactionInsideAScriptIsRefused() {
		found("redis.call('MULTI')\nredis.call('INCR', KEYS[1])\nredis.call('EXEC')", "1:noscript!", "MULTI");
	}

	@Test
	void aScoreThatWentThroughANumberLosesItsFraction() {
		found("local key, member, score = KEYS[1], ARGV[1], tonumber(ARGV[2])\nredis.call('ZADD', key, score, member)\n"
				+ "local total = redis.call('ZCARD', key)\nreturn { total, score }", "4:return", "score");
		found("""
				local top = redis.call('ZREVRANGE', KEYS[1], 0, 9, 'WITHSCORES')
				local result = {}
				for i = 1, #top, 2 do
				  local score = tonumber(top[i + 1])
				  table.insert(result, { top[i], score })
				end
				return result
				""", "5:return", "score");
	}

	@Test
	void requireDoesNotExist() {
		found("local cjson = require \"cjson\"\nreturn cjson.encode({ 1 })", "1:global-read!", "'require'");
	}

	@Test
	void undefinedNamesInSnippetsRaise() {
		found("redis.log(redis.LOG_WARNING, 'value = ' .. tostring(value))", "1:global-read!", "'value'");
		found("local values = redis.call('MGET', unpack(keys))", "1:global-read!", "'keys'");
	}

	@Test
	void debugOutputThroughPrintRaises() {
		found("print('here')", "1:global-read!", "'print'");
	}

	@Test
	void blockingCommandsAreRefusedByOlderServers() {
		found("return redis.call('BLPOP', KEYS[1], 0)", "1:version", "BLPOP");
	}

	@Test
	void aReadOnlyScriptThatWritesIsRefused() {
		found("#!lua flags=no-writes\nredis.call('EXPIRE', KEYS[1], 10)\nreturn redis.call('GET', KEYS[1])",
				"2:read-only!", "EXPIRE");
	}

	private static void found(String script, String expected, String inMessage) {
		List<Finding> findings = Check.findings(script);
		assertThat(Check.brief(findings)).contains(expected);
		assertThat(findings).anySatisfy((finding) -> assertThat(finding.message()).contains(inMessage));
	}

}
