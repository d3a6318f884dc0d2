package io.github.redislua.samples.cookbook.replies;

import java.util.List;
import java.util.Optional;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;

/**
 * Documents as JSON, which Jackson writes and reads here and {@code cjson} there.
 */
@LuaRepository(path = "replies", keyPrefix = "cookbook:")
public interface Documents {

	@LuaScript(source = "redis.call('SET', KEYS[1], ARGV[1])", idempotent = true)
	void save(@Key String key, @Arg(json = true) Document document);

	@LuaScript(name = "text", reply = ReplyFormat.JSON, readOnly = true)
	Optional<Document> find(@Key String key);

	@LuaScript(reply = ReplyFormat.JSON, idempotent = true)
	Optional<Document> addTag(@Key String key, String tag);

	record Document(String title, List<String> tags) {
	}

}
