package io.github.redislua.samples.cookbook.replies;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.samples.cookbook.replies.Documents.Document;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class DocumentsTests {

	@Autowired
	private Documents documents;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clear() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void interfaceFitsItsScripts() {
		assertThatScripts(Documents.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void savesAndFinds() {
		Document document = new Document("größer", List.of("new"));
		this.documents.save("doc", document);
		assertThat(this.documents.find("doc")).hasValue(document);
	}

	@Test
	void findsAndTagsNothingThatIsNotThere() {
		assertThat(this.documents.find("doc")).isEmpty();
		assertThat(this.documents.addTag("doc", "new")).isEmpty();
		assertThat(this.redis.execute("EXISTS", "cookbook:doc")).isEqualTo(0L);
	}

	@Test
	void addsATagOnceAndKeepsTheTimeToLive() {
		this.documents.save("doc", new Document("title", List.of()));
		this.redis.execute("EXPIRE", "cookbook:doc", "1000");
		Document tagged = new Document("title", List.of("new"));
		assertThat(this.documents.addTag("doc", "new")).hasValue(tagged);
		assertThat(this.documents.addTag("doc", "new")).hasValue(tagged);
		assertThat(this.documents.find("doc")).hasValue(tagged);
		assertThat((Long) this.redis.execute("TTL", "cookbook:doc")).isBetween(900L, 1000L);
	}

	@Test
	void addsATagWhereThereAreNone() {
		this.redis.execute("SET", "cookbook:doc", "{\"title\":\"title\",\"tags\":null}");
		assertThat(this.documents.addTag("doc", "new")).hasValue(new Document("title", List.of("new")));
	}

	@Test
	void refusesWhatIsNoDocument() {
		this.redis.execute("SET", "cookbook:doc", "title");
		assertThatExceptionOfType(LuaScriptReplyException.class).isThrownBy(() -> this.documents.find("doc"));
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.documents.addTag("doc", "new"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("NO_DOCUMENT"));
		assertThat(this.redis.execute("GET", "cookbook:doc")).isEqualTo("title");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1234567890123456789", "[]", "{}" })
	void refusesWhatItWouldChange(String value) {
		String text = "{\"title\":\"title\",\"tags\":[],\"other\":" + value + "}";
		this.redis.execute("SET", "cookbook:doc", text);
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.documents.addTag("doc", "new"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("NOT_EXACT"));
		assertThat(this.redis.execute("GET", "cookbook:doc")).isEqualTo(text);
	}

}
