package io.github.redislua.tests.api;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public API of a module as text: each public type with its public and protected
 * members, sorted.
 */
final class PublicApi {

	private PublicApi() {
	}

	/**
	 * Writes the API down.
	 * @param anchor a class of the module
	 * @param packages the public packages, without those below them
	 * @return a line for each type and each member
	 */
	static String of(Class<?> anchor, Set<String> packages) {
		StringBuilder text = new StringBuilder();
		for (Class<?> type : types(anchor, packages)) {
			text.append(declaration(type)).append('\n');
			members(type).forEach((member) -> text.append("    ").append(member).append('\n'));
		}
		return text.toString();
	}

	private static List<Class<?>> types(Class<?> anchor, Set<String> packages) {
		try {
			Path location = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
			if (Files.isDirectory(location)) {
				return types(location, anchor.getClassLoader(), packages);
			}
			try (FileSystem jar = FileSystems.newFileSystem(location)) {
				return types(jar.getPath("/"), anchor.getClassLoader(), packages);
			}
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Class<?>> types(Path root, ClassLoader classLoader, Set<String> packages) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return files.map((file) -> root.relativize(file).toString().replace('\\', '/'))
				.filter((file) -> file.endsWith(".class") && !file.endsWith("-info.class"))
				.map((file) -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
				.filter((name) -> packages.contains(name.substring(0, name.lastIndexOf('.'))))
				.sorted()
				.<Class<?>>map((name) -> load(name, classLoader))
				.filter(PublicApi::isVisible)
				.toList();
		}
	}

	private static Class<?> load(String name, ClassLoader classLoader) {
		try {
			return Class.forName(name, false, classLoader);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isVisible(Class<?> type) {
		Class<?> owner = type.getDeclaringClass();
		return !type.isAnonymousClass() && !type.isLocalClass() && isVisible(type.getModifiers())
				&& (owner == null || isVisible(owner));
	}

	private static boolean isVisible(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

	private static String declaration(Class<?> type) {
		// Newer JDKs say of an enum whose constants have bodies that it is sealed.
		String description = type.isEnum() ? type.toGenericString().replace("sealed ", "") : type.toGenericString();
		StringBuilder text = new StringBuilder(annotations(type)).append(description);
		Type parent = type.getGenericSuperclass();
		if (parent != null && parent != Object.class) {
			text.append(" extends ").append(parent.getTypeName());
		}
		if (type.getGenericInterfaces().length > 0) {
			text.append(type.isInterface() ? " extends " : " implements ").append(names(type.getGenericInterfaces()));
		}
		return text.toString();
	}

	private static Set<String> members(Class<?> type) {
		Set<String> members = new TreeSet<>();
		for (Field field : type.getDeclaredFields()) {
			if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
				members.add(annotations(field) + Modifier.toString(field.getModifiers()) + " "
						+ field.getGenericType().getTypeName() + " " + field.getName());
			}
		}
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
				members.add(modifiers(constructor) + "<init>" + parameters(constructor));
			}
		}
		for (Method method : type.getDeclaredMethods()) {
			if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
				members.add(modifiers(method) + method.getGenericReturnType().getTypeName() + " " + method.getName()
						+ parameters(method) + defaultValue(method));
			}
		}
		return members;
	}

	private static String modifiers(Executable executable) {
		return annotations(executable)
				+ Modifier.toString(
						executable.getModifiers() & ~(Modifier.VOLATILE | Modifier.TRANSIENT | Modifier.SYNCHRONIZED))
				+ ((executable instanceof Method method && method.isDefault()) ? " default " : " ");
	}

	private static String parameters(Executable executable) {
		List<String> parameters = new ArrayList<>(
				Arrays.stream(executable.getGenericParameterTypes()).map(Type::getTypeName).toList());
		String thrown = (executable.getExceptionTypes().length > 0)
				? " throws " + names(executable.getGenericExceptionTypes()) : "";
		return "(" + String.join(", ", parameters) + ")" + thrown;
	}

	private static String defaultValue(Method method) {
		Object value = method.getDefaultValue();
		if (value == null) {
			return "";
		}
		return " default " + ((value instanceof Object[] array) ? Arrays.toString(array) : "\"" + value + "\"");
	}

	private static String names(Type[] types) {
		return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
	}

	private static String annotations(AnnotatedElement element) {
		StringBuilder text = new StringBuilder();
		for (Annotation annotation : element.getDeclaredAnnotations()) {
			if (annotation.annotationType() == Deprecated.class) {
				text.append("@Deprecated ");
			}
		}
		return text.toString();
	}

}
