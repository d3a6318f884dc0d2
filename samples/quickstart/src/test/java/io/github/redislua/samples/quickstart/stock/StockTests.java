package io.github.redislua.samples.quickstart.stock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.samples.quickstart.stock.Stock.Reservation;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class StockTests {

	@Autowired
	private Stock stock;

	@BeforeEach
	void load(@Autowired LocalRedis redis) {
		redis.execute("FLUSHALL");
		this.stock.load("book", 3);
	}

	@Test
	void reserves() {
		assertThat(this.stock.reserve("book", "A-1", 2)).isEqualTo(new Reservation(2, 1));
		assertThat(this.stock.reserve("book", "A-2", 1)).isEqualTo(new Reservation(1, 0));
	}

	@Test
	void answersTheSameOrderInTheSameWay() {
		this.stock.reserve("book", "A-1", 1);
		this.stock.reserve("book", "A-2", 1);
		assertThat(this.stock.reserve("book", "A-1", 1)).isEqualTo(new Reservation(1, 2));
		assertThat(this.stock.reserve("book", "A-3", 1)).isEqualTo(new Reservation(1, 0));
	}

	@Test
	void refusesWhatIsNotThere() {
		assertThatExceptionOfType(OutOfStockException.class).isThrownBy(() -> this.stock.reserve("book", "A-1", 4))
			.withMessage("4 wanted, 3 available");
		assertThatExceptionOfType(OutOfStockException.class).isThrownBy(() -> this.stock.reserve("pen", "A-1", 1))
			.withMessage("1 wanted, 0 available");
		assertThat(this.stock.reserve("book", "A-1", 3)).isEqualTo(new Reservation(3, 0));
	}

	@Test
	void refusesToChangeAnOrder() {
		this.stock.reserve("book", "A-1", 1);
		assertThatExceptionOfType(AlreadyReservedException.class).isThrownBy(() -> this.stock.reserve("book", "A-1", 2))
			.withMessage("2 wanted, but the order has reserved 1");
	}

}
