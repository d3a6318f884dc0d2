package io.github.redislua.test.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application with more than a slice of it needs.
 */
@SpringBootApplication
class SliceApplication {

}
