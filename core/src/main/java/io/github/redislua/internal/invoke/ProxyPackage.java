package io.github.redislua.internal.invoke;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NativeDetector;

import io.github.redislua.internal.codec.TypeNames;

/**
 * The package of a repository's proxy. The JDK puts the proxy of a public interface into
 * a package of its own. From there it can neither return a type that is not public nor
 * let such an exception pass: the caller would get an {@code IllegalAccessError} after
 * the script ran. The proxy of an interface that is not public is in the package of that
 * interface, so a second interface, which is not public, is put beside such types.
 */
final class ProxyPackage {

	/**
	 * What to do where there is no package for a proxy.
	 */
	static final String ACTION = "Make these types public";

	private static final String COMPANION = "LuaRepositoryProxies$$";

	// The class file version.
	private static final int JAVA_17 = 61;

	private final Class<?> repository;

	ProxyPackage(Class<?> repository) {
		this.repository = repository;
	}

	/**
	 * What the proxy has to implement.
	 * @return the repository, and the interface beside it if one is needed
	 * @throws IllegalArgumentException if there is no package for the proxy; the message
	 * names the types that are in the way
	 */
	Class<?>[] interfaces() {
		Map<String, Class<?>> hidden = new LinkedHashMap<>();
		Set<Class<?>> types = hiddenTypes();
		types.forEach((type) -> hidden.putIfAbsent(type.getPackageName(), type));
		boolean inPackage = !Modifier.isPublic(this.repository.getModifiers());
		if (inPackage) {
			hidden.remove(this.repository.getPackageName());
		}
		if (hidden.isEmpty()) {
			return new Class<?>[] { this.repository };
		}
		Class<?> neighbour = hidden.values().iterator().next();
		Class<?> companion = (!inPackage && hidden.size() == 1) ? companion(neighbour) : null;
		if (companion == null) {
			String names = types.stream().map(TypeNames::full).collect(Collectors.joining(", "));
			throw new IllegalArgumentException(
					"its methods return or throw types that are not public, which its proxy cannot reach: " + names);
		}
		return new Class<?>[] { this.repository, companion };
	}

	private Set<Class<?>> hiddenTypes() {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (Method method : this.repository.getMethods()) {
			if (!Modifier.isStatic(method.getModifiers())) {
				add(types, method.getReturnType());
				Arrays.stream(method.getExceptionTypes()).forEach((type) -> add(types, type));
			}
		}
		return types;
	}

	private static void add(Set<Class<?>> types, Class<?> type) {
		Class<?> element = type;
		while (element.isArray()) {
			element = element.getComponentType();
		}
		if (!Modifier.isPublic(element.getModifiers())) {
			types.add(element);
		}
	}

	/**
	 * The interface that draws a proxy into a package.
	 * @param neighbour a type of the package
	 * @return the interface, {@code null} if none can be put there
	 */
	private @Nullable Class<?> companion(Class<?> neighbour) {
		// A class cannot be added to a native image.
		if (neighbour.getClassLoader() != this.repository.getClassLoader() || NativeDetector.inNativeImage()) {
			return null;
		}
		String packageName = neighbour.getPackageName();
		String name = packageName.isEmpty() ? COMPANION : packageName + "." + COMPANION;
		synchronized (ProxyPackage.class) {
			Class<?> known = known(name, neighbour.getClassLoader());
			if (known != null) {
				return known;
			}
			try {
				return MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup())
					.defineClass(hiddenInterface(name.replace('.', '/')));
			}
			catch (IllegalAccessException | SecurityException ex) {
				// A module that does not open the package, or a signed jar.
				return null;
			}
		}
	}

	private static @Nullable Class<?> known(String name, @Nullable ClassLoader classLoader) {
		try {
			Class<?> known = Class.forName(name, false, classLoader);
			return (known.getClassLoader() == classLoader) ? known : null;
		}
		catch (ClassNotFoundException ex) {
			return null;
		}
	}

	private static byte[] hiddenInterface(String name) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream file = new DataOutputStream(bytes)) {
			file.writeInt(0xCAFEBABE);
			file.writeInt(JAVA_17);
			// Four constants, of which the two classes have numbers 2 and 4.
			file.writeShort(5);
			writeClass(file, name, 1);
			writeClass(file, "java/lang/Object", 3);
			file.writeShort(Modifier.INTERFACE | Modifier.ABSTRACT);
			file.writeShort(2);
			file.writeShort(4);
			// No interfaces, fields, methods and attributes.
			file.writeLong(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void writeClass(DataOutputStream file, String name, int nameIndex) throws IOException {
		file.writeByte(1);
		file.writeUTF(name);
		file.writeByte(7);
		file.writeShort(nameIndex);
	}

}
