package io.github.redislua.tests.autoconfigure.app;

/**
 * Says what the type parameter of its base is.
 */
public interface Generic extends GenericBase<Integer> {

}
