package io.github.redislua.tests.slice;

import org.springframework.stereotype.Service;

@Service
class CounterService {

	private final Counters counters;

	CounterService(Counters counters) {
		this.counters = counters;
	}

	long countUp(String counter) {
		return this.counters.add(counter, 1);
	}

}
