package io.github.redislua.test.slice;

import org.springframework.stereotype.Component;

@Component
class SomeComponent {

}
