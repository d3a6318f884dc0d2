package io.github.redislua.internal.monitor;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.github.redislua.internal.script.Script;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealingLog}.
 */
class HealingLogTests {

	private static final Script ONE = Script.inline("one", "somewhere", "return 1");

	private static final Script TWO = Script.inline("two", "somewhere", "return 2");

	private final Logger logger = (Logger) LoggerFactory.getLogger(HealingLog.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private long now = Long.MAX_VALUE - 1;

	private final HealingLog log = new HealingLog(() -> this.now);

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void silence() {
		this.logger.detachAppender(this.appender);
	}

	@Test
	void theFirstTimeIsSaid() {
		this.log.healed(ONE, "node:1");
		assertThat(lines())
			.containsExactly("Loaded script 'one' (" + ONE.sha1() + ") on node:1, which did not know it");
	}

	@Test
	void withinAMinuteNothingMoreIsSaidOfTheSameScript() {
		this.log.healed(ONE, "node:1");
		this.log.healed(ONE, "node:2");
		pass(Duration.ofSeconds(59));
		this.log.healed(ONE, "node:1");
		assertThat(lines()).hasSize(1);
	}

	@Test
	void anotherScriptHasAMinuteOfItsOwn() {
		this.log.healed(ONE, "node:1");
		this.log.healed(TWO, "node:1");
		assertThat(lines()).hasSize(2);
	}

	@Test
	void afterAMinuteTheNextTimeIsSaidWithTheNumberOfThoseBefore() {
		this.log.healed(ONE, "node:1");
		this.log.healed(ONE, "node:1");
		this.log.healed(ONE, "node:1");
		pass(Duration.ofSeconds(60));
		this.log.healed(ONE, "node:1");
		pass(Duration.ofSeconds(60));
		this.log.healed(ONE, "node:1");
		assertThat(lines()).hasSize(3);
		assertThat(lines().get(1)).endsWith("did not know it (and 2 more times since the last line)");
		assertThat(lines().get(2)).endsWith("did not know it");
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	private List<String> lines() {
		return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
