package io.github.redislua.tests;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import io.github.redislua.CheckMode;
import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.autoconfigure.LuaScriptsProperties;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;
import io.github.redislua.test.LocalRedisException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Documentation that does not lie: what README.md and docs show is compiled, run or
 * compared with the sources. docs/development.md says by which conventions.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DocumentationTests {

	static final Path ROOT = root();

	private static final Pattern FENCE = Pattern.compile("```(\\S*)\\s*");

	private static final Pattern COMMENT = Pattern.compile("<!-- (.*) -->");

	private static final Pattern LINK = Pattern.compile("\\[[^]\\[]*]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");

	private static final Pattern TYPE = Pattern
		.compile("(?m)^public (?:final |abstract |sealed )*" + "(?:class|interface|record|enum|@interface) (\\w+)");

	private static final Set<String> FOREIGN_PROPERTIES = Set.of("spring.", "server.", "logging.", "management.");

	// A reader pastes the blocks into a package of the application.
	static final String PACKAGE = "com.acme.shop";

	private static final Pattern LEADING_IMPORTS = Pattern.compile("(?:import [^;]+;\\s*)+");

	private final LocalRedis redis = LocalRedis.start();

	@AfterAll
	void stopRedis() {
		this.redis.close();
	}

	static List<Page> pages() throws IOException {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")), docs.sorted())
				.filter((path) -> path.toString().endsWith(".md"))
				.map(Page::read)
				.toList();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void blocksAreTrue(Page page) {
		SoftAssertions softly = new SoftAssertions();
		for (Block block : page.blocks()) {
			softly.assertThat(problem(block)).as(block.toString()).isEmpty();
		}
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void javaCompiles(Page page, @TempDir Path output) throws IOException {
		assertThat(compile(pasted(page), output)).as("%s: what javac says", page).isEmpty();
	}

	// What a reader of a page has: the blocks of README.md, and then those of the page.
	static List<JavaFileObject> pasted(Page page) {
		Page readme = Page.read(ROOT.resolve("README.md"));
		Stream<Page> pages = page.path().equals(readme.path()) ? Stream.of(page) : Stream.of(readme, page);
		return pages.flatMap((each) -> each.blocks().stream())
			.filter((block) -> block.language().equals("java") && block.isPasted())
			.map(DocumentationTests::source)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksResolve(Page page) {
		SoftAssertions softly = new SoftAssertions();
		Matcher links = LINK.matcher(page.prose());
		while (links.find()) {
			URI link = URI.create(links.group(1));
			if (link.isAbsolute()) {
				continue;
			}
			Path target = link.getPath().isEmpty() ? page.path() : page.path().resolveSibling(link.getPath());
			softly.assertThat(target).as("link %s in %s", link, page).exists();
			if (link.getFragment() != null && Files.exists(target)) {
				softly.assertThat(Page.read(target).anchors())
					.as("anchors of %s, to which %s links", target, page)
					.contains(link.getFragment());
			}
		}
		softly.assertAll();
	}

	@Test
	void buildServerRunsTheSecondCommandOfTheReadme() {
		List<String> commands = commands();
		assertThat(commands).hasSize(2);
		assertThat(commands.get(0)).contains("-Pquickstart", "-pl samples/quickstart");
		assertThat(read(ROOT.resolve(".ci/run"))).endsWith("\n" + commands.get(1) + "\n");
		assertThat(read(ROOT.resolve("samples/quickstart/pom.xml"))).contains("<id>quickstart</id>",
				"<phase>" + commands.get(0).substring(commands.get(0).lastIndexOf(' ') + 1) + "</phase>");
	}

	@Test
	void messagesInTroubleshootingAreWhatTheLibrarySays() {
		Page page = Page.read(ROOT.resolve("docs/troubleshooting.md"));
		List<String> shown = page.blocks()
			.stream()
			.filter((block) -> block.language().equals("text") && block.file() == null)
			.map((block) -> block.content().strip())
			.toList();
		assertThat(shown).containsExactlyInAnyOrderElementsOf(Messages.provoke(this.redis));
	}

	/**
	 * What is wrong with a block, apart from Java that does not compile.
	 * @param block the block
	 * @return the problem, empty if there is none
	 */
	private String problem(Block block) {
		if (block.file() != null) {
			Path file = ROOT.resolve(block.file());
			if (!Files.exists(file)) {
				return "there is no file " + block.file();
			}
			return normalise(block, read(file)).contains(normalise(block, block.content())) ? ""
					: "it is no excerpt of " + block.file();
		}
		return switch (block.language()) {
			case "java" -> "";
			case "text" -> block.page().equals("troubleshooting.md") ? "" : "only troubleshooting.md shows messages";
			case "lua" -> lua(block.content());
			case "json" -> "it must be an excerpt of a file";
			case "properties" -> properties(block.content());
			case "yaml" -> properties(yaml(block.content()));
			case "xml" -> xml(block.content());
			case "sh" -> sh(block);
			default -> "there is no way to check the language '" + block.language() + "'";
		};
	}

	private String lua(String script) {
		try {
			this.redis.execute("SCRIPT", "LOAD", script);
			return "";
		}
		catch (LocalRedisException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private static String sh(Block block) {
		if (block.comment().startsWith("not run: ")) {
			return "";
		}
		List<String> unknown = new ArrayList<>(block.content().lines().toList());
		unknown.removeAll(commands());
		return unknown.isEmpty() ? "" : "nobody runs " + unknown;
	}

	// The commands of the README that are not explained away.
	private static List<String> commands() {
		return Page.read(ROOT.resolve("README.md"))
			.blocks()
			.stream()
			.filter((block) -> block.language().equals("sh") && !block.comment().startsWith("not run: "))
			.flatMap((block) -> block.content().lines())
			.toList();
	}

	private static Properties yaml(String content) {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)));
		Properties properties = yaml.getObject();
		assertThat(properties).isNotNull();
		return properties;
	}

	private static String properties(String content) {
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(content));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties(properties);
	}

	private static String properties(Properties properties) {
		Set<String> known = knownProperties();
		List<String> unknown = properties.stringPropertyNames()
			.stream()
			.filter((name) -> FOREIGN_PROPERTIES.stream().noneMatch(name::startsWith))
			.filter((name) -> !known.contains(name.replaceAll("\\[\\d+]", "")))
			.toList();
		if (!unknown.isEmpty()) {
			return "there is no property " + unknown;
		}
		try {
			new Binder(new MapConfigurationPropertySource(properties)).bind("redis-lua", LuaScriptsProperties.class);
			return "";
		}
		catch (BindException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	@SuppressWarnings("unchecked")
	private static Set<String> knownProperties() {
		Set<String> names = new HashSet<>();
		try {
			URL classes = LuaScriptsProperties.class.getProtectionDomain().getCodeSource().getLocation();
			try (URLClassLoader loader = new URLClassLoader(new URL[] { classes }, null)) {
				URL metadata = loader.findResource("META-INF/spring-configuration-metadata.json");
				String json = new String(metadata.openStream().readAllBytes(), StandardCharsets.UTF_8);
				Map<String, Object> content = JsonParserFactory.getJsonParser().parseMap(json);
				for (Object property : (List<Object>) content.get("properties")) {
					names.add((String) ((Map<String, Object>) property).get("name"));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return names;
	}

	private static String xml(String content) {
		NodeList dependencies = parse(content).getElementsByTagName("dependency");
		for (int i = 0; i < dependencies.getLength(); i++) {
			Element dependency = (Element) dependencies.item(i);
			String artifact = text(dependency, "artifactId");
			Path pom = poms().get(text(dependency, "groupId") + ":" + artifact);
			if (pom == null) {
				return "no module of this build is " + artifact;
			}
			Element parent = (Element) parse(read(pom)).getElementsByTagName("parent").item(0);
			if (!text(parent, "version").equals(text(dependency, "version"))) {
				return artifact + " has the version " + text(parent, "version");
			}
		}
		return (dependencies.getLength() > 0) ? "" : "there is no dependency in it";
	}

	private static Map<String, Path> poms() {
		NodeList modules = parse(read(ROOT.resolve("pom.xml"))).getElementsByTagName("module");
		Map<String, Path> poms = new HashMap<>();
		for (int i = 0; i < modules.getLength(); i++) {
			Path pom = ROOT.resolve(modules.item(i).getTextContent()).resolve("pom.xml");
			Element project = parse(read(pom)).getDocumentElement();
			Element parent = (Element) project.getElementsByTagName("parent").item(0);
			NodeList children = project.getChildNodes();
			for (int j = 0; j < children.getLength(); j++) {
				if (children.item(j).getNodeName().equals("artifactId")) {
					poms.put(text(parent, "groupId") + ":" + children.item(j).getTextContent(), pom);
				}
			}
		}
		return poms;
	}

	private static String text(Element element, String name) {
		NodeList found = element.getElementsByTagName(name);
		return (found.getLength() > 0) ? found.item(0).getTextContent() : "";
	}

	private static Document parse(String xml) {
		try {
			return DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.parse(new InputSource(new StringReader(xml)));
		}
		catch (Exception ex) {
			throw new IllegalStateException("This is not XML: " + xml, ex);
		}
	}

	// JSON may be laid out in any way.
	private static String normalise(Block block, String text) {
		return text.replaceAll("\\s+", block.language().equals("json") ? "" : " ").strip();
	}

	private static JavaFileObject source(Block block) {
		String header = "package " + PACKAGE + "; ";
		String page = block.page().replaceAll("\\W", "_");
		if (block.comment().startsWith("statements:")) {
			String parameters = block.comment().substring("statements:".length()).strip();
			String type = page + block.line();
			Matcher imports = LEADING_IMPORTS.matcher(block.content());
			String imported = imports.lookingAt() ? imports.group() : "";
			return source("/" + type + ".java", header + imported + "class " + type + " { void run(" + parameters
					+ ") throws Exception {\n" + block.content().substring(imported.length()) + "\n} }");
		}
		Matcher type = TYPE.matcher(block.content());
		String name = type.find() ? type.group(1) : page + block.line();
		return source("/" + name + ".java", header + "\n" + block.content());
	}

	static JavaFileObject source(String path, String content) {
		return new SimpleJavaFileObject(URI.create("string://" + path), JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return content;
			}

		};
	}

	static List<String> compile(List<JavaFileObject> sources, Path output) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
			files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(output.toFile()));
			boolean compiled = compiler
				.getTask(null, files, diagnostics, List.of("-proc:none", "-parameters"), null, sources)
				.call();
			return compiled ? List.of() : diagnostics.getDiagnostics().stream().map(Object::toString).toList();
		}
	}

	private static Path root() {
		Path path = Path.of("").toAbsolutePath();
		while (!Files.exists(path.resolve("README.md")) || !Files.exists(path.resolve("docs"))) {
			path = path.getParent();
		}
		return path;
	}

	private static String read(Path path) {
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A block of code.
	 *
	 * @param page the name of its page
	 * @param line the line on which it begins
	 * @param language what follows the backticks
	 * @param comment the text of the HTML comment on the line before, else empty
	 * @param content the code
	 */
	record Block(String page, int line, String language, String comment, String content) {

		// Java that a reader pastes: all but excerpts of tests and of this library.
		boolean isPasted() {
			return file() == null || (file().startsWith("samples/") && file().contains("/src/main/java/"));
		}

		// The file that it is an excerpt of, or null.
		String file() {
			return this.comment.startsWith("from ") ? this.comment.substring("from ".length()) : null;
		}

		@Override
		public String toString() {
			return this.page + ":" + this.line;
		}

	}

	/**
	 * A page.
	 *
	 * @param path the file
	 * @param blocks its blocks of code
	 * @param prose all the rest
	 */
	record Page(Path path, List<Block> blocks, String prose) {

		static Page read(Path path) {
			List<Block> blocks = new ArrayList<>();
			StringBuilder prose = new StringBuilder();
			List<String> lines = DocumentationTests.read(path).lines().toList();
			for (int i = 0; i < lines.size(); i++) {
				Matcher fence = FENCE.matcher(lines.get(i));
				if (!fence.matches()) {
					assertThat(lines.get(i)).as("%s:%s, where blocks begin", path, i + 1).doesNotContain("```");
					prose.append(lines.get(i)).append('\n');
					continue;
				}
				Matcher comment = COMMENT.matcher((i > 0) ? lines.get(i - 1) : "");
				int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
				assertThat(end).as("the end of the block at %s:%s", path, i + 1).isGreaterThan(i);
				blocks.add(new Block(path.getFileName().toString(), i + 1, fence.group(1),
						comment.matches() ? comment.group(1) : "", String.join("\n", lines.subList(i + 1, end))));
				i = end;
			}
			return new Page(path, blocks, prose.toString());
		}

		String name() {
			return this.path.getFileName().toString();
		}

		// As GitHub makes them.
		List<String> anchors() {
			return this.prose.lines()
				.map(HEADING::matcher)
				.filter(Matcher::matches)
				.map((heading) -> heading.group(1)
					.toLowerCase(Locale.ROOT)
					.replaceAll("[^\\w\\- ]", "")
					.replace(' ', '-'))
				.toList();
		}

		@Override
		public String toString() {
			return name();
		}

	}

	/**
	 * Provokes the messages that docs/troubleshooting.md explains.
	 */
	static final class Messages {

		private final LuaRepositoryFactory factory;

		private final RedisConnectionFactory connections;

		private final Set<String> messages = Collections.newSetFromMap(new LinkedHashMap<>());

		private Messages(RedisConnectionFactory connections, ClassLoader scripts) {
			this.connections = connections;
			this.factory = LuaRepositoryFactory.builder(connections)
				.resources(new PathMatchingResourcePatternResolver(scripts))
				.build();
		}

		static Set<String> provoke(LocalRedis redis) {
			// A class path with nothing but the sample's scripts.
			try (Clients clients = new Clients(redis);
					URLClassLoader scripts = new URLClassLoader(
							new URL[] { ROOT.resolve("samples/quickstart/src/main/resources/").toUri().toURL() },
							null)) {
				Messages messages = new Messages(clients.connection(Driver.LETTUCE), scripts);
				messages.atStart();
				messages.onJedis(clients.connection(Driver.JEDIS));
				messages.inCalls(redis);
				messages.onACluster();
				return messages.messages;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void atStart() {
			Stream
				.of(MissingScript.class, UnknownParameter.class, UnsupportedParameter.class, UnsupportedReply.class,
						NoJackson.class, CheckedException.class, TooFewArguments.class)
				.forEach((repository) -> add(() -> this.factory.create(repository)));
			LuaRepositoryFactory broken = LuaRepositoryFactory.builder(this.connections)
				.locations("none/")
				.checkerMode(CheckMode.NONE)
				.build();
			broken.create(DoesNotCompile.class);
			add(() -> broken.scripts().preload());
			add(() -> broken.create(NoScripts.class));
		}

		private void onJedis(RedisConnectionFactory jedis) {
			LuaRepositoryFactory factory = LuaRepositoryFactory.builder(jedis).locations().build();
			add(() -> factory.create(Asynchronous.class));
		}

		private void onACluster() {
			try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
				RedisConnectionFactory connection = Driver.LETTUCE.connect(cluster);
				Calls calls = LuaRepositoryFactory.builder(connection).locations().build().create(Calls.class);
				add(() -> calls.move("cart:1:items", "cart:1:total"));
				Clients.destroy(connection);
			}
		}

		private void inCalls(LocalRedis redis) {
			redis.execute("SET", "text", "three");
			redis.execute("RPUSH", "list", "1");
			Calls calls = this.factory.create(Calls.class);
			add(() -> calls.value(null));
			add(() -> calls.value("text"));
			add(() -> calls.pair("text"));
			add(() -> calls.value("list"));
			add(() -> calls.refused("text"));
			StringRedisTemplate template = new StringRedisTemplate(this.connections);
			add(() -> template.executePipelined(new SessionCallback<>() {

				@Override
				public <K, V> Object execute(RedisOperations<K, V> operations) {
					return calls.value("text");
				}

			}));
			redis.pause();
			add(() -> calls.quick("text"));
			redis.resume();
		}

		private void add(Runnable action) {
			Throwable failure = catchThrowable(action::run);
			assertThat(failure).isNotNull();
			String message = String.valueOf(failure.getMessage())
				.replace(Messages.class.getName().replace('$', '.'), "com.acme")
				.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:6379");
			this.messages.add(message.lines().collect(Collectors.joining("\n")));
		}

		@LuaRepository(path = "ratelimit")
		interface MissingScript {

			@LuaScript("token_buckt")
			boolean tryAcquire(@Key String bucket);

		}

		interface NoScripts {

			@LuaScript
			boolean tryAcquire(@Key String bucket);

		}

		interface UnknownParameter {

			@LuaScript(source = "return 1", keys = "cart:#user")
			long count(String customer);

		}

		interface UnsupportedParameter {

			@LuaScript(source = "return 1")
			long count(Thread thread);

		}

		interface UnsupportedReply {

			@LuaScript(source = "return 1")
			Duration age(@Key String key);

		}

		interface Asynchronous {

			@LuaScript(source = "return 1")
			CompletableFuture<Long> count(@Key String key);

		}

		interface NoJackson {

			@LuaScript(source = "return 1")
			long count(@Arg(json = true) Map<String, String> map);

		}

		interface CheckedException {

			@LuaScript(source = "return 1",
					errors = @io.github.redislua.annotation.LuaError(code = "NO_STOCK", exception = IOException.class))
			long count(@Key String key);

		}

		interface TooFewArguments {

			@LuaScript(source = "local bucket, capacity = KEYS[1], ARGV[1]\nlocal now = tonumber(ARGV[2])\n"
					+ "return bucket .. capacity .. now")
			String tryAcquire(@Key String bucket, int capacity);

		}

		interface DoesNotCompile {

			@LuaScript(source = "local value =\nreturn value")
			long count(@Key String key);

		}

		interface Calls {

			@LuaScript(source = "return redis.call('GET', KEYS[1])", timeout = "10s")
			int value(@Key String key);

			@LuaScript(source = "return {1, 2, unpack({3})}")
			Pair pair(@Key String key);

			@LuaScript(source = "return {err = 'OUT_OF_STOCK 2 wanted, 1 available'}")
			void refused(@Key String key);

			@LuaScript(source = "return redis.call('RENAME', KEYS[1], KEYS[2])")
			void move(@Key String from, @Key String to);

			@LuaScript(source = "return 1", timeout = "50ms")
			int quick(@Key String key);

		}

		record Pair(int left, int right) {

		}

	}

}
