package io.github.redislua.samples.quickstart;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisConfiguration;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(LocalRedisConfiguration.class)
class QuickstartApplicationTests {

	private final RestTestClient client;

	QuickstartApplicationTests(@LocalServerPort int port) {
		this.client = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@BeforeEach
	void clear(@Autowired LocalRedis redis) {
		redis.execute("FLUSHALL");
	}

	@Test
	void reservesStockOnceForEachOrder() {
		put("/stock/book", 3).expectStatus().isNoContent();
		expectJson(put("/stock/book/orders/A-1", 2), HttpStatus.OK, """
				{"reserved":2,"left":1}
				""");
		expectJson(put("/stock/book/orders/A-1", 2), HttpStatus.OK, """
				{"reserved":2,"left":1}
				""");
	}

	@Test
	void orderForMoreThanIsLeftIsAConflict() {
		put("/stock/book", 1);
		expectJson(put("/stock/book/orders/A-2", 2), HttpStatus.CONFLICT, """
				{
				  "detail": "2 wanted, 1 available",
				  "instance": "/stock/book/orders/A-2",
				  "status": 409,
				  "title": "Conflict"
				}
				""");
	}

	@Test
	void orderThatChangesIsAConflict() {
		put("/stock/book", 3);
		put("/stock/book/orders/A-1", 2);
		expectJson(put("/stock/book/orders/A-1", 1), HttpStatus.CONFLICT, """
				{
				  "detail": "1 wanted, but the order has reserved 2",
				  "instance": "/stock/book/orders/A-1",
				  "status": 409,
				  "title": "Conflict"
				}
				""");
	}

	@Test
	void ordersAreLimited() {
		put("/stock/book", 100);
		for (int order = 1; order <= 5; order++) {
			put("/stock/book/orders/A-" + order, 1).expectStatus().isOk();
		}
		ResponseSpec response = put("/stock/book/orders/A-6", 1);
		response.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "1");
		expectJson(response, HttpStatus.TOO_MANY_REQUESTS, """
				{
				  "detail": "At most 5 orders at once, then 1 a second",
				  "instance": "/stock/book/orders/A-6",
				  "status": 429,
				  "title": "Too Many Requests"
				}
				""");
	}

	@Test
	void quantityMustBePositive() {
		put("/stock/book", 0).expectStatus().isBadRequest();
		put("/stock/book/orders/A-1", -1).expectStatus().isBadRequest();
	}

	private ResponseSpec put(String path, int quantity) {
		return this.client.put()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"quantity\": %s}".formatted(quantity))
			.exchange();
	}

	private static void expectJson(ResponseSpec response, HttpStatus status, String body) {
		response.expectStatus().isEqualTo(status).expectBody().json(body, JsonCompareMode.STRICT);
	}

	/**
	 * Time stands still, so that a test may take its time.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class FixedClock {

		@Bean
		@Primary
		Clock fixedClock() {
			return Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
		}

	}

}
