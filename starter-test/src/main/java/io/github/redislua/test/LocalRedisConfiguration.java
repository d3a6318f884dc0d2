package io.github.redislua.test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Gives an application a real Redis, in development as in tests:
 *
 * <pre class="code">
 * public static void main(String[] args) {
 *     SpringApplication.from(App::main).with(LocalRedisConfiguration.class).run(args);
 * }
 * </pre>
 *
 * It does nothing where the application or the test says itself which Redis to use: by
 * {@code spring.data.redis.host}, {@code port}, {@code url}, {@code cluster.nodes},
 * {@code sentinel.*} or {@code masterreplica.nodes}, or by connection details such as
 * those of {@code @ServiceConnection}. Otherwise the server is the first of: a container,
 * if Testcontainers is on the class path and Docker answers; the program
 * {@link LocalRedis} finds. {@code spring.data.redis.host} and {@code port} then point to
 * it; user name, password and SSL of the application's settings are switched off.
 * <p>
 * There is one server in a JVM. It survives restarts of the application and ends with the
 * JVM. Unless it is a container it is also a bean named {@code localRedis}.
 */
@Configuration(proxyBeanMethods = false)
@Import(LocalRedisPostProcessor.class)
public final class LocalRedisConfiguration {

}
