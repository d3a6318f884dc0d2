package io.github.redislua.internal.codec;

import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.core.ResolvableType;

/**
 * Types as a reader of a message knows them from the source.
 */
public final class TypeNames {

	/**
	 * {@code T extends Comparable<T>} would otherwise never end.
	 */
	private static final int DEPTH = 4;

	private TypeNames() {
	}

	/**
	 * With its package: {@code com.acme.Order}.
	 * @param type the type
	 * @return the name
	 */
	public static String full(Class<?> type) {
		String name = type.getCanonicalName();
		return (name != null) ? name : type.getName();
	}

	/**
	 * As it is written behind imports: {@code Map<String, Order[]>}.
	 * @param type the type
	 * @return the name
	 */
	public static String simple(ResolvableType type) {
		return simple(type, DEPTH);
	}

	private static String simple(ResolvableType type, int depth) {
		if (type.isArray()) {
			return simple(type.getComponentType(), depth) + "[]";
		}
		String name = type.resolve(Object.class).getSimpleName();
		if (depth == 0 || !type.hasGenerics()) {
			return name;
		}
		return Arrays.stream(type.getGenerics())
			.map((generic) -> (generic.resolve() != null) ? simple(generic, depth - 1) : "?")
			.collect(Collectors.joining(", ", name + "<", ">"));
	}

	/**
	 * A scalar type: a wrapper reads as its primitive.
	 * @param type the type
	 * @return the name
	 */
	public static String scalar(Class<?> type) {
		return MethodType.methodType(type).unwrap().returnType().getSimpleName();
	}

	/**
	 * A record with what it consists of:
	 * {@code record Decision(boolean allowed, long remaining)}.
	 * @param type a record type
	 * @return the header of the record
	 */
	public static String header(ResolvableType type) {
		return Arrays.stream(type.resolve(Object.class).getRecordComponents())
			.map((component) -> simple(componentType(component, type)) + " " + component.getName())
			.collect(Collectors.joining(", ", "record " + simple(type) + "(", ")"));
	}

	public static ResolvableType componentType(RecordComponent component, ResolvableType owner) {
		return ResolvableType.forType(component.getGenericType(), owner);
	}

}
