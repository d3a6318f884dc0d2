package io.github.redislua.tests.autoconfigure.app;

/**
 * All its scripts are inherited.
 */
public interface Inheriting extends Base {

	default String twice() {
		return ping() + ping();
	}

}
