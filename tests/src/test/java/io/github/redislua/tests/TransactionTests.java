package io.github.redislua.tests;

import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.internal.config.TransactionalTemplates;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls inside Spring's transactions, where a template of the application takes part in
 * them.
 */
class TransactionTests {

	private static LocalRedis redis;

	private static Clients clients;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
		clients = new Clients(redis);
	}

	@AfterAll
	static void stop() {
		clients.close();
		redis.close();
	}

	@BeforeEach
	void clean() {
		redis.execute("FLUSHALL");
	}

	@ParameterizedTest
	@EnumSource
	void aCallBeforeTheFirstOneOfATemplateIsRolledBackToo(Driver driver) {
		Counters counters = counters(driver, true);
		transaction(false).executeWithoutResult((status) -> {
			assertThat(counters.add("n")).as("there is no reply yet").isNull();
			status.setRollbackOnly();
		});
		assertThat(redis.execute("EXISTS", "n")).isEqualTo(0L);
		transaction(false).executeWithoutResult((status) -> {
			counters.add("n");
			assertThat(redis.execute("EXISTS", "n")).as("nothing runs before the commit").isEqualTo(0L);
		});
		assertThat(redis.execute("GET", "n")).isEqualTo("1");
		assertThat(counters.add("n")).as("after the transaction").isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void whatCannotBeNullIsAnErrorAndNothingIsSent(Driver driver) {
		Counters counters = counters(driver, true);
		transaction(false).executeWithoutResult((status) -> {
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> counters.addNow("n"))
				.withMessageContaining("Counters.addNow(String) returns a primitive or an Optional")
				.withMessageContaining("Nothing was sent");
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> counters.find("n"))
				.withMessageContaining("Counters.find(String)");
		});
		assertThat(redis.execute("EXISTS", "n")).isEqualTo(0L);
	}

	@ParameterizedTest
	@EnumSource
	void aTransactionThatOnlyReadsHasRepliesAtOnce(Driver driver) {
		redis.execute("SET", "n", "7");
		Counters counters = counters(driver, true);
		transaction(true).executeWithoutResult((status) -> assertThat(counters.find("n")).hasValue("7"));
	}

	@ParameterizedTest
	@EnumSource
	void withoutTransactionSupportCallsRunAtOnce(Driver driver) {
		Counters counters = counters(driver, false);
		transaction(false).executeWithoutResult((status) -> {
			assertThat(counters.add("n")).isEqualTo(1);
			status.setRollbackOnly();
		});
		assertThat(redis.execute("GET", "n")).isEqualTo("1");
	}

	private static Counters counters(Driver driver, boolean transactionSupport) {
		RedisConnectionFactory connection = clients.connection(driver);
		StringRedisTemplate template = new StringRedisTemplate(connection);
		template.setEnableTransactionSupport(transactionSupport);
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("template", template);
		return LuaRepositoryFactory.builder(connection)
			.transactionSupport(new TransactionalTemplates(beans))
			.build()
			.create(Counters.class);
	}

	private static TransactionTemplate transaction(boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(new Transactions());
		transaction.setReadOnly(readOnly);
		return transaction;
	}

	interface Counters {

		String ADD = "return redis.call('INCR', KEYS[1])";

		@LuaScript(source = ADD)
		Long add(@Key String key);

		@LuaScript(source = ADD)
		long addNow(@Key String key);

		@LuaScript(source = "return redis.call('GET', KEYS[1])")
		Optional<String> find(@Key String key);

	}

	/**
	 * Transactions of something else, a database for example, that Redis takes part in.
	 */
	private static final class Transactions extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return this;
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
