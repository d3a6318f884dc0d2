package io.github.redislua.tests;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.tools.JavaFileObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.DocumentationTests.Block;
import io.github.redislua.tests.DocumentationTests.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader has who pastes the blocks of README.md and of the guide, in their order,
 * into an application that has nothing else: it runs, on a real server.
 */
class PastedBlocksTests {

	private static final Page README = Page.read(DocumentationTests.ROOT.resolve("README.md"));

	private static final Page GUIDE = Page.read(DocumentationTests.ROOT.resolve("docs/guide.md"));

	private static final Pattern SCRIPT = Pattern.compile("`src/main/resources/(\\S+\\.lua)`");

	@TempDir
	private static Path folder;

	private static LocalRedis redis;

	private static URLClassLoader readme;

	private static URLClassLoader guide;

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void paste() throws IOException {
		redis = LocalRedis.start();
		readme = new URLClassLoader(new URL[] { pasteReadme().toUri().toURL() });
		guide = new URLClassLoader(new URL[] { pasteGuide().toUri().toURL() });
		application = new SpringApplicationBuilder(load(readme, "Application"))
			.resourceLoader(new DefaultResourceLoader(readme))
			.web(WebApplicationType.NONE)
			.properties("spring.data.redis.host=" + redis.getHost(), "spring.data.redis.port=" + redis.getPort())
			.run();
	}

	@AfterAll
	static void close() throws IOException {
		application.close();
		readme.close();
		guide.close();
		redis.close();
	}

	@Test
	void theReadmeLimitsOrders() {
		Object checkout = application.getBean(load(readme, "Checkout"));
		List<Object> allowed = IntStream.range(0, 6).mapToObj((i) -> call(checkout, "mayOrder", "A")).toList();
		assertThat(allowed).containsExactly(true, true, true, true, true, false);
		assertThat(redis.execute("EXISTS", "shop:orders:A")).isEqualTo(1L);
	}

	@Test
	void aMapMayHaveAnyNumberOfEntries() {
		Map<String, Integer> fields = IntStream.range(0, 10_000)
			.boxed()
			.collect(Collectors.toMap(String::valueOf, Function.identity()));
		assertThat(call(create("Sessions"), "put", "large", fields)).isEqualTo(10_000);
		assertThat(redis.execute("HGET", "large", "9999")).isEqualTo("9999");
	}

	@Test
	void aListMayBeEmptyAlsoAsJson() {
		Object players = create("Players");
		redis.execute("SADD", "tags", "new");
		for (String method : List.of("draft", "draftAsJson")) {
			assertThat(call(players, method, "none", "a \"name\"")).hasToString("Draft[name=a \"name\", tags=[]]");
			assertThat(call(players, method, "tags", "b")).hasToString("Draft[name=b, tags=[new]]");
		}
	}

	@Test
	void largeNumbersStayExact() {
		Object orders = create("Orders");
		assertThat(call(orders, "remember", "order", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
		assertThat(redis.execute("GET", "order")).isEqualTo(Long.toString(Long.MAX_VALUE));
		assertThat(call(orders, "add", "counter", (1L << 53) + 1)).isEqualTo((1L << 53) + 1);
		assertThat(call(orders, "thousandths", 9_007_199_254_740L)).isEqualTo("9007199254740000");
	}

	@Test
	void aCollectionOfKeysMayBeLarge() {
		List<String> carts = new ArrayList<>(IntStream.range(0, 10_000).mapToObj((i) -> "none:" + i).toList());
		redis.execute("SADD", "cart", "book", "pen");
		carts.add("cart");
		assertThat(call(create("Carts"), "items", carts)).isEqualTo(2L);
	}

	// First the script, then what calls it, in the order of the page.
	private static Path pasteReadme() throws IOException {
		Path classes = Files.createDirectory(folder.resolve("readme"));
		Matcher name = SCRIPT.matcher(README.prose());
		assertThat(name.find()).as("the file in which the reader saves the script").isTrue();
		Block script = README.blocks()
			.stream()
			.filter((block) -> block.language().equals("lua"))
			.findFirst()
			.orElseThrow();
		Path file = classes.resolve(name.group(1));
		Files.createDirectories(file.getParent());
		Files.writeString(file, script.content());
		List<JavaFileObject> sources = new ArrayList<>(DocumentationTests.pasted(README));
		sources.add(DocumentationTests.source("/Application.java", "package " + DocumentationTests.PACKAGE
				+ "; @org.springframework.boot.autoconfigure.SpringBootApplication public class Application { }"));
		assertThat(DocumentationTests.compile(sources, classes)).isEmpty();
		return classes;
	}

	private static Path pasteGuide() throws IOException {
		Path classes = Files.createDirectory(folder.resolve("guide"));
		assertThat(DocumentationTests.compile(DocumentationTests.pasted(GUIDE), classes)).isEmpty();
		return classes;
	}

	private static Object create(String repository) {
		return application.getBean(LuaRepositoryFactory.class).create(load(guide, repository));
	}

	private static Class<?> load(ClassLoader loader, String name) {
		try {
			return loader.loadClass(DocumentationTests.PACKAGE + "." + name);
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Object call(Object target, String name, Object... arguments) {
		Class<?> type = target.getClass();
		Method method = Arrays.stream(type.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		try {
			method.setAccessible(true);
			return method.invoke(target, arguments);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new AssertionError(ex);
		}
	}

}
