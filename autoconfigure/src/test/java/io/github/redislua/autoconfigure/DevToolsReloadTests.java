package io.github.redislua.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Properties;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.config.LuaScriptsReloader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reload where devtools is at work.
 */
class DevToolsReloadTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LuaScriptsAutoConfiguration.class))
		.withBean(LettuceConnectionFactory.class)
		.withPropertyValues("redis-lua.preload.mode=none");

	@AfterEach
	void clear() {
		Restarter.clearInstance();
	}

	@Test
	void itIsOnWhereDevtoolsRestartsTheApplication() {
		initialize(new URL[0]);
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(LuaScriptsReloader.class);
			assertThat(context.getBean(LuaScriptsReloader.class).isRunning()).isTrue();
		});
	}

	@Test
	void itIsOffWhereThePropertySaysSo() {
		initialize(new URL[0]);
		this.runner.withPropertyValues("redis-lua.reload=false")
			.run((context) -> assertThat(context).doesNotHaveBean(LuaScriptsReloader.class));
	}

	@Test
	void itIsOffWhereDevtoolsIsOnlyThere() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(LuaScriptsReloader.class));
		initialize(null);
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(LuaScriptsReloader.class));
	}

	@Test
	void itIsOffWithoutDevtools() {
		this.runner.withClassLoader(new FilteredClassLoader(Restarter.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LuaScriptsReloader.class));
	}

	@Test
	void itEndsWithTheApplication() {
		LuaScriptsReloader[] reloader = new LuaScriptsReloader[1];
		this.runner.withPropertyValues("redis-lua.reload=true")
			.run((context) -> reloader[0] = context.getBean(LuaScriptsReloader.class));
		assertThat(reloader[0].isRunning()).isFalse();
	}

	@Test
	void aChangedScriptIsNoReasonToRestart() throws IOException {
		Properties settings = new Properties();
		try (InputStream in = getClass().getResourceAsStream("/META-INF/spring-devtools.properties")) {
			settings.load(in);
		}
		assertThat(settings).containsEntry("defaults.spring.devtools.restart.additional-exclude", "lua/**");
	}

	private static void initialize(URL[] urls) {
		Restarter.initialize(new String[0], false, (thread) -> urls, false);
	}

}
