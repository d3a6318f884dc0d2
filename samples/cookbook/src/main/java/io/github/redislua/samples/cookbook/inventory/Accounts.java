package io.github.redislua.samples.cookbook.inventory;

import java.util.Optional;
import java.util.OptionalLong;

import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Accounts of a ledger, in cents. All accounts of a ledger share a hash tag, so that a
 * script may use two of them on a cluster.
 */
@LuaRepository(path = "inventory", keyPrefix = "cookbook:")
public interface Accounts {

	@LuaScript(source = "return redis.call('SET', KEYS[1], ARGV[1], 'NX')", keys = "{ledger:#ledger}:account:#account")
	boolean open(String ledger, String account, long cents);

	@LuaScript(source = "return redis.call('GET', KEYS[1])", keys = "{ledger:#ledger}:account:#account",
			readOnly = true)
	OptionalLong balance(String ledger, String account);

	@LuaScript(keys = "{ledger:#ledger}:account:#account")
	boolean debit(String ledger, String account, long cents);

	@LuaScript(keys = { "{ledger:#ledger}:account:#from", "{ledger:#ledger}:account:#to" })
	Transfer transfer(String ledger, String from, String to, long cents);

	@LuaScript(keys = { "{ledger:#ledger}:account:#from", "{ledger:#ledger}:account:#to" },
			errors = { @LuaError(code = "INSUFFICIENT_FUNDS", exception = InsufficientFundsException.class),
					@LuaError(code = "NO_ACCOUNT", exception = NoAccountException.class) })
	Balances transferOrFail(String ledger, String from, String to, long cents);

	/**
	 * What became of a transfer.
	 *
	 * @param done whether the money has moved
	 * @param from the new balance of the account that paid
	 * @param to the new balance of the account that was paid
	 * @param reason why not
	 */
	record Transfer(boolean done, OptionalLong from, OptionalLong to, Optional<Reason> reason) {
	}

	record Balances(long from, long to) {
	}

	enum Reason {

		/**
		 * The amount is less than a cent or more than 2^53 - 1 of them.
		 */
		INVALID_AMOUNT,

		/**
		 * Both accounts are the same.
		 */
		SAME_ACCOUNT,

		/**
		 * One of the accounts is not there.
		 */
		NO_ACCOUNT,

		/**
		 * The first account has less than that.
		 */
		INSUFFICIENT_FUNDS

	}

}
