package io.github.redislua.samples.quickstart.stock;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.github.redislua.samples.quickstart.stock.Stock.Reservation;

@RestController
@RequestMapping("/stock/{sku}")
class StockController {

	private final Stock stock;

	StockController(Stock stock) {
		this.stock = stock;
	}

	@PutMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void load(@PathVariable String sku, @Valid @RequestBody Quantity body) {
		this.stock.load(sku, body.quantity());
	}

	@PutMapping("/orders/{orderId}")
	Reservation reserve(@PathVariable String sku, @PathVariable String orderId, @Valid @RequestBody Quantity body) {
		return this.stock.reserve(sku, orderId, body.quantity());
	}

	record Quantity(@Positive int quantity) {
	}

}
