package io.github.redislua.tests.autoconfigure.beans;

/**
 * What several interfaces are.
 */
public interface Store {

	String which();

}
