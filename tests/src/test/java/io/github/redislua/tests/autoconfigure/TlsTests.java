package io.github.redislua.tests.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * TLS to a Redis that speaks it, by the SSL bundles of Spring Boot. The properties are
 * those of docs/security.md, the files in {@code resources/tls}.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTests {

	@TempDir
	private static Path certificates;

	private static LocalRedis redis;

	private static int port;

	private static LocalRedis strict;

	private static int strictPort;

	private static LocalRedis misnamed;

	private static int misnamedPort;

	@BeforeAll
	static void start() throws Exception {
		Certificates made = new Certificates(certificates);
		made.make("redis", "dns:localhost,ip:127.0.0.1");
		made.make("app", "dns:app");
		made.make("misnamed", "dns:elsewhere.example");
		made.trust("redis");
		port = freePort();
		redis = server(port, "redis", "no");
		strictPort = freePort();
		strict = server(strictPort, "redis", "yes");
		misnamedPort = freePort();
		misnamed = server(misnamedPort, "misnamed", "no");
	}

	@AfterAll
	static void stop() {
		for (LocalRedis server : new LocalRedis[] { redis, strict, misnamed }) {
			if (server != null) {
				server.close();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "lettuce, truststore", "lettuce, pem", "jedis, truststore", "jedis, pem" })
	void aBundleSaysWhomToTrust(String driver, String bundle) {
		application(driver, port, bundle).run((context) -> {
			assertThat(add(context)).isPositive();
			assertThat(context.getBean(LuaRepositoryFactory.class).scripts().preload()).isNotNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aBundleHasTheCertificateOfTheApplication(String driver) {
		application(driver, strictPort, "mutual").run((context) -> assertThat(add(context)).isPositive());
		application(driver, strictPort, "pem")
			.run((context) -> assertThatExceptionOfType(DataAccessException.class).as("without a certificate")
				.isThrownBy(() -> add(context)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void thePortSpeaksNothingElse(String driver) {
		application(driver, port, null)
			.run((context) -> assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> add(context)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aStrangerIsToldNothing(String driver) {
		misnamed.execute("CONFIG", "RESETSTAT");
		application(driver, misnamedPort, "pem").withPropertyValues("spring.data.redis.password=secret")
			.run((context) -> assertThat(catchThrowable(() -> add(context))).isInstanceOf(DataAccessException.class)
				.hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class)
				.satisfies((ex) -> assertThat(causedBy(ex, SSLException.class)).isTrue()));
		String commands = String.valueOf(misnamed.execute("INFO", "commandstats"));
		assertThat(commands).doesNotContain("cmdstat_hello").doesNotContain("cmdstat_auth");
	}

	@Test
	void lettuceRefusesATrustedCertificateOfAnotherName() {
		trustingMisnamed("lettuce")
			.run((context) -> assertThat(catchThrowable(() -> add(context))).isInstanceOf(DataAccessException.class)
				.satisfies((ex) -> assertThat(causedBy(ex, SSLException.class)).isTrue()));
	}

	@Test
	void jedisRefusesItOnlyIfToldTo() {
		trustingMisnamed("jedis").run((context) -> {
			assertThat(add(context)).as("as Spring Boot configures it").isPositive();
			SSLParameters parameters = new SSLParameters();
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
			JedisClientConfiguration client = JedisClientConfiguration.builder()
				.useSsl()
				.sslSocketFactory(
						context.getBean(SslBundles.class).getBundle("redis").createSslContext().getSocketFactory())
				.sslParameters(parameters)
				.build();
			JedisConnectionFactory connection = new JedisConnectionFactory(
					new RedisStandaloneConfiguration("127.0.0.1", misnamedPort), client);
			connection.afterPropertiesSet();
			connection.start();
			try {
				Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
				assertThat(catchThrowable(() -> calls.add("n"))).isInstanceOf(DataAccessException.class)
					.satisfies((ex) -> assertThat(causedBy(ex, SSLException.class)).isTrue());
			}
			finally {
				connection.destroy();
			}
		});
	}

	private static ApplicationContextRunner trustingMisnamed(String driver) {
		return application(driver, misnamedPort, "pem").withPropertyValues(
				"spring.ssl.bundle.pem.redis.truststore.certificate=file:" + certificates.resolve("misnamed.pem"));
	}

	private static ApplicationContextRunner application(String driver, int port, String bundle) {
		ApplicationContextRunner runner = Lines.runner(redis)
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues("spring.data.redis.port=" + port, "spring.data.redis.client-type=" + driver,
					"spring.data.redis.timeout=5s", "redis-lua.preload.mode=none", "certificates=" + certificates);
		return (bundle != null) ? runner.withPropertyValues(properties(bundle)) : runner;
	}

	private static String[] properties(String bundle) {
		try {
			Properties properties = PropertiesLoaderUtils
				.loadProperties(new ClassPathResource("tls/" + bundle + ".properties"));
			return properties.stringPropertyNames()
				.stream()
				.map((name) -> name + "=" + properties.getProperty(name))
				.toArray(String[]::new);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long add(ApplicationContext context) {
		return context.getBean(LuaRepositoryFactory.class).create(Calls.class).add("n");
	}

	private static boolean causedBy(Throwable ex, Class<?> type) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

	private static LocalRedis server(int tlsPort, String name, String authenticateClients) {
		try {
			return LocalRedis.start("--tls-port", String.valueOf(tlsPort), "--tls-cert-file", file(name + ".pem"),
					"--tls-key-file", file(name + ".key"), "--tls-ca-cert-file", file("app.pem"), "--tls-auth-clients",
					authenticateClients);
		}
		catch (LocalRedisException ex) {
			if (String.valueOf(ex.getMessage()).contains("Bad directive")) {
				throw new TestAbortedException("This Redis was built without TLS", ex);
			}
			throw ex;
		}
	}

	private static String file(String name) {
		Path file = certificates.resolve(name);
		assertThat(Files.exists(file)).isTrue();
		return file.toString();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

	}

}
