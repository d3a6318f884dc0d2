/**
 * What the scan of an application finds, and what it leaves out.
 */
package io.github.redislua.tests.autoconfigure.app;
