package io.github.redislua.tests.autoconfigure.app;

/**
 * An interface like any other.
 */
public interface NoRepository {

	void run();

}
