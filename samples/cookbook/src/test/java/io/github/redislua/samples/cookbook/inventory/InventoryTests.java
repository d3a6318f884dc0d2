package io.github.redislua.samples.cookbook.inventory;

import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.samples.cookbook.inventory.Accounts.Balances;
import io.github.redislua.samples.cookbook.inventory.Accounts.Reason;
import io.github.redislua.samples.cookbook.inventory.Accounts.Transfer;
import io.github.redislua.samples.cookbook.inventory.Inventory.Reservation;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LuaScriptTest
class InventoryTests {

	@Autowired
	private Inventory inventory;

	@Autowired
	private Accounts accounts;

	@BeforeEach
	void load(@Autowired LocalRedis redis) {
		redis.execute("FLUSHALL");
		this.inventory.load("book", 3);
		this.accounts.open("eur", "ann", 1000);
		this.accounts.open("eur", "bob", 500);
	}

	@Test
	void interfacesFitTheirScripts() {
		assertThatScripts(Inventory.class, Accounts.class).onCluster().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void reserves() {
		assertThat(this.inventory.reserve("book", "A-1", 2)).isEqualTo(new Reservation(true, 1));
		assertThat(this.inventory.reserve("book", "A-2", 1)).isEqualTo(new Reservation(true, 0));
	}

	@Test
	void reservesNothingOfWhatIsNotThere() {
		assertThat(this.inventory.reserve("pen", "A-1", 1)).isEqualTo(new Reservation(false, 0));
	}

	@Test
	void reservesAllOrNothing() {
		assertThat(this.inventory.reserve("book", "A-1", 4)).isEqualTo(new Reservation(false, 3));
		assertThat(this.inventory.reserve("book", "A-1", 3)).isEqualTo(new Reservation(true, 0));
	}

	@Test
	void takesNothingTwiceForAnOrder() {
		this.inventory.reserve("book", "A-1", 2);
		assertThat(this.inventory.reserve("book", "A-1", 2)).isEqualTo(new Reservation(true, 1));
	}

	@Test
	void refusesToChangeAnOrder() {
		this.inventory.reserve("book", "A-1", 1);
		assertThatExceptionOfType(AlreadyReservedException.class)
			.isThrownBy(() -> this.inventory.reserve("book", "A-1", 2))
			.withMessage("2 wanted, but the order has reserved 1");
	}

	@Test
	void refusesQuantitiesThatWouldAddStock() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.inventory.reserve("book", "A-1", -5))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_QUANTITY"));
		assertThat(this.inventory.reserve("book", "A-1", 4)).isEqualTo(new Reservation(false, 3));
	}

	@Test
	void debits() {
		assertThat(this.accounts.debit("eur", "ann", 999)).isTrue();
		assertThat(this.accounts.debit("eur", "ann", 1)).isTrue();
		assertThat(this.accounts.balance("eur", "ann")).hasValue(0);
	}

	@Test
	void debitsNoAccountThatIsNotThere() {
		assertThat(this.accounts.debit("eur", "eve", 1)).isFalse();
		assertThat(this.accounts.balance("eur", "eve")).isEmpty();
	}

	@Test
	void debitsNoMoreThanThereIs() {
		assertThat(this.accounts.debit("eur", "ann", 1001)).isFalse();
		assertThat(this.accounts.balance("eur", "ann")).hasValue(1000);
	}

	@Test
	void debitsNoNegativeAmount() {
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.accounts.debit("eur", "ann", -1))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_AMOUNT"));
		assertThat(this.accounts.balance("eur", "ann")).hasValue(1000);
	}

	@Test
	void countsEveryCentOfLargeBalances() {
		this.accounts.open("eur", "bank", Long.MAX_VALUE);
		assertThat(this.accounts.debit("eur", "bank", 1)).isTrue();
		assertThat(this.accounts.balance("eur", "bank")).hasValue(Long.MAX_VALUE - 1);
	}

	@Test
	void takesNoMoreThanThereIsOfAnAmountThatALuaNumberCannotHold() {
		long exact = (1L << 53) - 1;
		this.accounts.open("eur", "bank", exact);
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.accounts.debit("eur", "bank", exact + 1))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_AMOUNT"));
		assertThat(this.accounts.transfer("eur", "bank", "bob", exact + 1)).isEqualTo(refused(Reason.INVALID_AMOUNT));
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.accounts.transferOrFail("eur", "bank", "bob", exact + 1))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("INVALID_AMOUNT"));
		assertThat(this.accounts.balance("eur", "bank")).hasValue(exact);
	}

	@Test
	void tellsEveryCentOfLargeBalances() {
		this.accounts.open("eur", "bank", Long.MAX_VALUE - 2);
		assertThat(this.accounts.transferOrFail("eur", "ann", "bank", 1))
			.isEqualTo(new Balances(999, Long.MAX_VALUE - 1));
		assertThat(this.accounts.transfer("eur", "ann", "bank", 1))
			.isEqualTo(new Transfer(true, OptionalLong.of(998), OptionalLong.of(Long.MAX_VALUE), Optional.empty()));
	}

	@Test
	void transfers() {
		assertThat(this.accounts.transfer("eur", "ann", "bob", 250))
			.isEqualTo(new Transfer(true, OptionalLong.of(750), OptionalLong.of(750), Optional.empty()));
		assertThat(this.accounts.balance("eur", "ann")).hasValue(750);
		assertThat(this.accounts.balance("eur", "bob")).hasValue(750);
	}

	@Test
	void transfersNeitherFromNorToAccountsThatAreNotThere() {
		assertThat(this.accounts.transfer("eur", "eve", "bob", 1)).isEqualTo(refused(Reason.NO_ACCOUNT));
		assertThat(this.accounts.transfer("eur", "ann", "eve", 1)).isEqualTo(refused(Reason.NO_ACCOUNT));
		assertThat(this.accounts.balance("eur", "eve")).isEmpty();
	}

	@Test
	void saysWhyItDoesNotTransfer() {
		assertThat(this.accounts.transfer("eur", "ann", "bob", 1001)).isEqualTo(refused(Reason.INSUFFICIENT_FUNDS));
		assertThat(this.accounts.transfer("eur", "ann", "bob", -1)).isEqualTo(refused(Reason.INVALID_AMOUNT));
		assertThat(this.accounts.transfer("eur", "ann", "ann", 1)).isEqualTo(refused(Reason.SAME_ACCOUNT));
		assertThat(this.accounts.balance("eur", "ann")).hasValue(1000);
		assertThat(this.accounts.balance("eur", "bob")).hasValue(500);
	}

	@Test
	void losesNoMoneyWhenTheSecondHalfFails() {
		this.accounts.open("eur", "full", Long.MAX_VALUE);
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.accounts.transfer("eur", "ann", "full", 1))
			.withMessageContaining("overflow");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> this.accounts.transferOrFail("eur", "ann", "full", 1))
			.withMessageContaining("overflow");
		assertThat(this.accounts.balance("eur", "ann")).hasValue(1000);
	}

	@Test
	void transfersOrFails() {
		assertThat(this.accounts.transferOrFail("eur", "ann", "bob", 1000)).isEqualTo(new Balances(0, 1500));
	}

	@Test
	void failsWithoutOneOfTheAccounts() {
		assertThatExceptionOfType(NoAccountException.class)
			.isThrownBy(() -> this.accounts.transferOrFail("eur", "eve", "bob", 1))
			.withMessage("there is none to take from");
		assertThatExceptionOfType(NoAccountException.class)
			.isThrownBy(() -> this.accounts.transferOrFail("eur", "ann", "eve", 1))
			.withMessage("there is none to give to");
	}

	@Test
	void failsWithoutEnoughMoney() {
		assertThatExceptionOfType(InsufficientFundsException.class)
			.isThrownBy(() -> this.accounts.transferOrFail("eur", "bob", "ann", 501))
			.withMessage("501 wanted, 500 available");
		assertThat(this.accounts.balance("eur", "bob")).hasValue(500);
	}

	private static Transfer refused(Reason reason) {
		return new Transfer(false, OptionalLong.empty(), OptionalLong.empty(), Optional.of(reason));
	}

}
