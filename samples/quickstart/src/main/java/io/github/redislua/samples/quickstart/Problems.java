package io.github.redislua.samples.quickstart;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.github.redislua.samples.quickstart.ratelimit.RateLimitExceededException;
import io.github.redislua.samples.quickstart.stock.AlreadyReservedException;
import io.github.redislua.samples.quickstart.stock.OutOfStockException;

/**
 * What the application's exceptions are over HTTP (RFC 9457).
 */
@RestControllerAdvice
class Problems {

	@ExceptionHandler({ OutOfStockException.class, AlreadyReservedException.class })
	ProblemDetail conflict(RuntimeException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, ex.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> tooManyRequests(RateLimitExceededException ex) {
		return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
			.header(HttpHeaders.RETRY_AFTER, String.valueOf(ex.getRetryAfter().toSeconds()))
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, ex.getMessage()));
	}

}
