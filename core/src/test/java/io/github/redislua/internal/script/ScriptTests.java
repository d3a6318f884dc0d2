package io.github.redislua.internal.script;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptTests {

	@Test
	void theDigestIsOverTheBytesSent() {
		assertThat(script("return 1").sha1()).isEqualTo("e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
	}

	@Test
	void aByteOrderMarkIsDropped() {
		Script script = script("\uFEFFreturn 1");
		assertThat(script.bytes()).isEqualTo("return 1".getBytes(StandardCharsets.UTF_8));
		assertThat(script.sha1()).isEqualTo("e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
	}

	@Test
	void carriageReturnsStay() {
		assertThat(script("return 1\r\n").bytes()).hasSize(10);
	}

	@Test
	void flagsAreReadFromTheFirstLine() {
		Script script = script("#!lua flags=no-writes,allow-stale\nreturn 1");
		assertThat(script.flags()).containsExactly("no-writes", "allow-stale");
		assertThat(script.readOnly()).isTrue();
	}

	@Test
	void flagsMayBeMissing() {
		assertThat(script("#!lua\nreturn 1").flags()).isEmpty();
		assertThat(script("#!lua flags=\r\nreturn 1").flags()).isEmpty();
		assertThat(script("-- #!lua flags=no-writes").readOnly()).isFalse();
	}

	private static Script script(String source) {
		return Script.of("x", "somewhere", "lua/x.lua", "file:lua/x.lua", source.getBytes(StandardCharsets.UTF_8));
	}

}
