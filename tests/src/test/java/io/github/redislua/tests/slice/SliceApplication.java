package io.github.redislua.tests.slice;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class SliceApplication {

	public static void main(String[] args) {
		SpringApplication.run(SliceApplication.class, args);
	}

}
