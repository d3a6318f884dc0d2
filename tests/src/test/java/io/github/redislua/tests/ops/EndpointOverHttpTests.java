package io.github.redislua.tests.ops;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * {@code /actuator/luascripts}.
 */
class EndpointOverHttpTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=luascripts";

	private static LocalRedis redis;

	private static final Map<List<Object>, ConfigurableApplicationContext> applications = new HashMap<>();

	private ConfigurableApplicationContext application;

	@BeforeAll
	static void startRedis() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		applications.values().forEach(ConfigurableApplicationContext::close);
		redis.close();
	}

	static List<WebApplicationType> types() {
		List<WebApplicationType> types = new ArrayList<>(List.of(WebApplicationType.SERVLET));
		// Not every line has a starter for it to be had.
		if (ClassUtils.isPresent("org.springframework.web.reactive.DispatcherHandler", null)) {
			types.add(WebApplicationType.REACTIVE);
		}
		return types;
	}

	@ParameterizedTest
	@MethodSource("types")
	void aScriptIsListedWithAllThatIsKnownOfIt(WebApplicationType type) throws IOException {
		Http http = start(type, EXPOSED, "spring.application.name=just-started");
		Buckets buckets = this.application.getBean(Buckets.class);
		http.post("/actuator/luascripts");
		buckets.take("b", 1);
		buckets.take("b", 1);
		Map<String, Object> script = script(http.get("/actuator/luascripts"), "ratelimit/take");
		// Also shown in the documentation.
		String expected = new ClassPathResource("endpoint/script.json").getContentAsString(StandardCharsets.UTF_8)
			.replace("127.0.0.1:6379", node());
		assertThat(script).isEqualTo(JsonParserFactory.getJsonParser().parseMap(expected));
	}

	@ParameterizedTest
	@MethodSource("types")
	void everyScriptIsListed(WebApplicationType type) {
		Map<?, ?> scripts = scripts(start(type, EXPOSED).get("/actuator/luascripts"));
		assertThat(scripts.keySet().stream().map(String::valueOf)).containsExactlyInAnyOrder("ratelimit/take", "refuse",
				"peek", "unused", "Buckets.stream");
		assertThat(((Map<?, ?>) scripts.get("peek")).get("readOnly")).isEqualTo(true);
		assertThat(((Map<?, ?>) scripts.get("peek")).get("flags")).isEqualTo(List.of("no-writes"));
		assertThat(((Map<?, ?>) scripts.get("unused")).get("methods")).isEqualTo(List.of());
	}

	@ParameterizedTest
	@MethodSource("types")
	void errorsAndHealingsAreCounted(WebApplicationType type) {
		Http http = start(type, EXPOSED, "spring.application.name=just-started");
		Buckets buckets = this.application.getBean(Buckets.class);
		redis.execute("SCRIPT", "FLUSH");
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> buckets.refuse("b", "x"));
		Map<String, Object> script = Http.json(http.get("/actuator/luascripts/refuse"));
		assertThat(script).contains(entry("calls", 1), entry("errors", 1), entry("reloads", 1));
	}

	@ParameterizedTest
	@MethodSource("types")
	void aScriptWithAFolderInItsNameIsShown(WebApplicationType type) {
		Http http = start(type, EXPOSED);
		HttpResponse<String> response = http.get("/actuator/luascripts/ratelimit/take");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(Http.json(response)).containsEntry("size", 46).doesNotContainKey("source");
	}

	@ParameterizedTest
	@MethodSource("types")
	void theSourceIsShownWhereThatIsAllowed(WebApplicationType type) {
		Http http = start(type, EXPOSED, "management.endpoint.luascripts.show-source=always");
		assertThat(Http.json(http.get("/actuator/luascripts/ratelimit/take"))).containsEntry("source",
				"return redis.call('INCRBY', KEYS[1], ARGV[1])\n");
		assertThat(script(http.get("/actuator/luascripts"), "ratelimit/take")).doesNotContainKey("source");
	}

	@ParameterizedTest
	@MethodSource("types")
	void theSourceIsNotShownToAStrangerWhenAuthorized(WebApplicationType type) {
		Http http = start(type, EXPOSED, "management.endpoint.luascripts.show-source=when-authorized");
		assertThat(Http.json(http.get("/actuator/luascripts/ratelimit/take"))).containsKey("sha1")
			.doesNotContainKey("source");
	}

	@ParameterizedTest
	@MethodSource("types")
	void aNameThatIsNoScriptIsNotFound(WebApplicationType type) {
		Http http = start(type, EXPOSED, "management.endpoint.luascripts.show-source=always");
		assertThat(http.get("/actuator/luascripts/nothing").statusCode()).isEqualTo(404);
		assertThat(http.get("/actuator/luascripts/ratelimit").statusCode()).isEqualTo(404);
		assertThat(http.get("/actuator/luascripts/ratelimit/take.lua").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@MethodSource("types")
	void aNameIsNeverAPath(WebApplicationType type) {
		Http http = start(type, EXPOSED, "management.endpoint.luascripts.show-source=always");
		for (String path : List.of("ratelimit/../unused", "..%2Frefuse", "..%2f..%2f..%2fetc%2fpasswd", "..%5crefuse",
				"%2e%2e/%2e%2e/scripts/ops/refuse", "/etc/passwd", "file:/etc/passwd",
				"classpath:scripts/ops/refuse")) {
			HttpResponse<String> response = http.get("/actuator/luascripts/" + path);
			assertThat(response.statusCode()).as(path).isBetween(400, 404);
			assertThat(response.body()).as(path).doesNotContain("return ");
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void postLoadsWhatIsMissing(WebApplicationType type) {
		Http http = start(type, EXPOSED);
		redis.execute("SCRIPT", "FLUSH");
		assertThat(script(http.get("/actuator/luascripts"), "unused")).containsEntry("nodes",
				Map.of(node(), "MISSING"));
		HttpResponse<String> response = http.post("/actuator/luascripts");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(Http.json(response)).containsOnly(entry("nodes", Map.of(node(), 5)));
		assertThat(Http.json(http.post("/actuator/luascripts"))).containsOnly(entry("nodes", Map.of(node(), 0)));
		assertThat(script(http.get("/actuator/luascripts"), "unused")).containsEntry("nodes", Map.of(node(), "LOADED"));
	}

	@ParameterizedTest
	@MethodSource("types")
	void itIsNotExposedUnlessTheApplicationExposesIt(WebApplicationType type) {
		Http http = start(type);
		assertThat(http.get("/actuator/luascripts").statusCode()).isEqualTo(404);
		assertThat(http.get("/actuator/luascripts/refuse").statusCode()).isEqualTo(404);
		assertThat(http.post("/actuator/luascripts").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@MethodSource("types")
	void readOnlyAccessLeavesThePreloadOut(WebApplicationType type) {
		Http http = start(type, EXPOSED, "management.endpoint.luascripts.access=read-only");
		assertThat(http.get("/actuator/luascripts").statusCode()).isEqualTo(200);
		assertThat(http.post("/actuator/luascripts").statusCode()).isEqualTo(405);
	}

	private Http start(WebApplicationType type, String... properties) {
		this.application = applications.computeIfAbsent(List.of(type, List.of(properties)),
				(key) -> OpsApplication.run(redis, type, properties));
		return new Http(this.application);
	}

	private static String node() {
		return redis.getHost() + ":" + redis.getPort();
	}

	private static Map<?, ?> scripts(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return (Map<?, ?>) Http.json(response).get("scripts");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> script(HttpResponse<String> response, String name) {
		return (Map<String, Object>) scripts(response).get(name);
	}

}
