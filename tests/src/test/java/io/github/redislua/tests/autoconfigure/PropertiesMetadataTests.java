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

	private static final Map<String, Map<?, ?>> properties = new LinkedHashMap<>();

	@BeforeAll
	static void read() throws IOException {
		String jar = LuaScriptsProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
		for (URL url : Collections.list(PropertiesMetadataTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			if (url.toString().contains(jar)) {
				try (InputStream in = url.openStream()) {
					String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
					for (Object property : (List<?>) JsonParserFactory.getJsonParser()
						.parseMap(json)
						.get("properties")) {
						properties.put(String.valueOf(((Map<?, ?>) property).get("name")), (Map<?, ?>) property);
					}
				}
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "redis-lua.enabled, true", "redis-lua.preload.mode, lenient", "redis-lua.preload.timeout, 10s" })
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
		assertThat(properties.keySet()).containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void everyDefaultIsThatOfTheClass() {
		BeanWrapper expected = new BeanWrapperImpl(new LuaScriptsProperties());
		BeanWrapperImpl actual = new BeanWrapperImpl(new LuaScriptsProperties());
		actual.setConversionService(new ApplicationConversionService());
		properties.forEach((name, property) -> {
			Object defaultValue = property.get("defaultValue");
			if (defaultValue != null) {
				String path = camelCase(name.substring("redis-lua.".length()));
				actual.setPropertyValue(path, defaultValue);
				assertThat(actual.getPropertyValue(path)).as(name).isEqualTo(expected.getPropertyValue(path));
			}
		});
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
