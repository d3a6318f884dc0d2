package io.github.redislua.tests.autoconfigure;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.json.JsonParserFactory;

import io.github.redislua.autoconfigure.LuaScriptsProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor knows of the properties.
 */
class PropertiesMetadataTests {

	private static final String ENDPOINT = "management.endpoint.luascripts.";

	private static final Map<String, Map<?, ?>> properties = new LinkedHashMap<>();

	private static final Map<String, Map<?, ?>> hints = new LinkedHashMap<>();

	@BeforeAll
	static void read() throws IOException {
		String jar = LuaScriptsProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
		for (URL url : Collections.list(PropertiesMetadataTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			if (url.toString().contains(jar)) {
				try (InputStream in = url.openStream()) {
					String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
					Map<String, Object> metadata = JsonParserFactory.getJsonParser().parseMap(json);
					collect(metadata, "properties", properties);
					collect(metadata, "hints", hints);
				}
			}
		}
	}

	private static void collect(Map<String, Object> metadata, String section, Map<String, Map<?, ?>> target) {
		for (Object entry : (List<?>) metadata.get(section)) {
			target.put(String.valueOf(((Map<?, ?>) entry).get("name")), (Map<?, ?>) entry);
		}
	}

	@ParameterizedTest
	@CsvSource({ "redis-lua.enabled, true", "redis-lua.preload.mode, lenient", "redis-lua.preload.timeout, 10s",
			"redis-lua.reload, false", "redis-lua.observation.enabled, true",
			"management.endpoint.luascripts.show-source, never" })
	void aPropertyHasTheDefaultOfTheContract(String name, String defaultValue) {
		assertThat(properties).containsKey(name);
		assertThat(properties.get(name).get("defaultValue")).hasToString(defaultValue);
	}

	@ParameterizedTest
	@CsvSource({ "redis-lua.key-prefix, java.lang.String", "redis-lua.connection-factory, java.lang.String" })
	void aPropertyWithoutADefaultIsThere(String name, String type) {
		assertThat(properties).containsKey(name);
		assertThat(properties.get(name).get("type")).isEqualTo(type);
	}

	@Test
	void everyPropertyHasADescriptionThatIsASentence() {
		assertThat(properties).isNotEmpty();
		properties.forEach((name, property) -> assertThat((String) property.get("description")).as(name)
			.isNotNull()
			.matches("[A-Z*].*\\."));
	}

	@Test
	void everyPropertyOfTheClassIsThere() {
		Set<String> names = new HashSet<>();
		collect("redis-lua.", new LuaScriptsProperties(), names);
		// From the third on they are those of every endpoint.
		for (String name : List.of("show-source", "roles", "access", "cache.time-to-live", "enabled")) {
			names.add(ENDPOINT + name);
		}
		assertThat(properties.keySet()).containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void everyDefaultIsThatOfTheClass() {
		BeanWrapper expected = new BeanWrapperImpl(new LuaScriptsProperties());
		BeanWrapperImpl actual = new BeanWrapperImpl(new LuaScriptsProperties());
		actual.setConversionService(new ApplicationConversionService());
		properties.forEach((name, property) -> {
			Object defaultValue = property.get("defaultValue");
			if (defaultValue != null && !name.startsWith(ENDPOINT)) {
				String path = camelCase(name.substring("redis-lua.".length()));
				actual.setPropertyValue(path, defaultValue);
				assertThat(actual.getPropertyValue(path)).as(name).isEqualTo(expected.getPropertyValue(path));
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "redis-lua.preload.mode, 3", "management.endpoint.luascripts.show-source, 3",
			"redis-lua.locations, 3" })
	void valuesAreSuggestedWithADescription(String name, int count) {
		assertThat((List<?>) hints.get(name).get("values")).hasSize(count)
			.allSatisfy((value) -> assertThat((String) ((Map<?, ?>) value).get("description")).matches("[A-Z].*\\."));
	}

	@Test
	void everySuggestedValueOfAnEnumIsOneOfIt() {
		BeanWrapperImpl bean = new BeanWrapperImpl(new LuaScriptsProperties());
		bean.setConversionService(new ApplicationConversionService());
		for (Object value : (List<?>) hints.get("redis-lua.preload.mode").get("values")) {
			bean.setPropertyValue("preload.mode", ((Map<?, ?>) value).get("value"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "redis-lua.locations, handle-as, org.springframework.core.io.Resource",
			"redis-lua.connection-factory, spring-bean-reference, org.springframework.data.redis.connection.RedisConnectionFactory" })
	void anEditorKnowsWhatAValueStandsFor(String name, String provider, String target) {
		Map<?, ?> first = (Map<?, ?>) ((List<?>) hints.get(name).get("providers")).get(0);
		assertThat(first.get("name")).isEqualTo(provider);
		assertThat(first.get("parameters")).isEqualTo(Map.of("target", target));
	}

	@Test
	void everyHintIsForAProperty() {
		assertThat(properties.keySet()).containsAll(hints.keySet());
	}

	private static void collect(String prefix, Object bean, Set<String> names) {
		BeanWrapper wrapper = new BeanWrapperImpl(bean);
		for (PropertyDescriptor property : wrapper.getPropertyDescriptors()) {
			String name = prefix + property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (property.getWriteMethod() != null) {
				names.add(name);
			}
			else if (!property.getName().equals("class")) {
				collect(name + ".", wrapper.getPropertyValue(property.getName()), names);
			}
		}
	}

	private static String camelCase(String name) {
		StringBuilder result = new StringBuilder();
		for (String part : name.split("-")) {
			result.append(result.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
		}
		return result.toString();
	}

}
