package io.github.redislua.test;

import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a test that leaves a process behind.
 */
public class NoProcessLeft implements BeforeEachCallback, AfterEachCallback {

	private Set<ProcessHandle> before = Set.of();

	@Override
	public void beforeEach(ExtensionContext context) {
		this.before = children();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		assertThat(this.before).containsAll(children());
	}

	private static Set<ProcessHandle> children() {
		return ProcessHandle.current().descendants().collect(Collectors.toSet());
	}

}
