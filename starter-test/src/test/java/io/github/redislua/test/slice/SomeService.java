package io.github.redislua.test.slice;

import org.springframework.stereotype.Service;

@Service
class SomeService {

}
