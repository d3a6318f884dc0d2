package io.github.redislua.internal.codec.reply;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import io.github.redislua.internal.codec.MapReply;
import io.github.redislua.internal.codec.TypeNames;
import io.github.redislua.internal.codec.UnsupportedTypeException;

/**
 * A record type, taken apart: its components with their decoders, and its constructor.
 */
final class RecordShape {

	private final String name;

	private final String header;

	private final String[] names;

	private final ReplyDecoder[] decoders;

	private final MethodHandle constructor;

	RecordShape(ResolvableType type, Function<ResolvableType, ReplyDecoder> resolver) {
		Class<?> raw = type.resolve(Object.class);
		RecordComponent[] components = raw.getRecordComponents();
		this.name = "record " + TypeNames.simple(type);
		this.header = TypeNames.header(type);
		this.names = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
		this.decoders = Arrays.stream(components)
			.map((component) -> resolver.apply(TypeNames.componentType(component, type)))
			.toArray(ReplyDecoder[]::new);
		this.constructor = constructor(raw, components);
	}

	/**
	 * The record as it is declared, for messages.
	 * @return {@code record Decision(boolean allowed, long remaining)}
	 */
	String header() {
		return this.header;
	}

	String[] names() {
		return this.names;
	}

	int size() {
		return this.names.length;
	}

	/**
	 * Whether no component came.
	 * @param reply the reply
	 * @return whether it is nil, or without elements although the record has components
	 */
	boolean isNothing(@Nullable Object reply) {
		return reply == null || (this.names.length > 0 && ((reply instanceof List<?> list && list.isEmpty())
				|| (reply instanceof MapReply map && map.size() == 0)));
	}

	@Nullable Object decode(int index, @Nullable Object reply) {
		try {
			return this.decoders[index].decode(reply);
		}
		catch (ReplyMismatchException ex) {
			throw ex.within("component '" + this.names[index] + "' of " + this.name);
		}
	}

	/**
	 * The value of a component that is not in the reply.
	 * @param index the component
	 * @param reply where it is missing
	 * @return what nil is for its type
	 */
	@Nullable Object decodeMissing(int index, Object reply) {
		try {
			return decode(index, null);
		}
		catch (ReplyMismatchException ex) {
			throw new ReplyMismatchException(ex.getExpected(),
					ex.getActual() + ", since it is missing in " + Replies.describe(reply));
		}
	}

	Object create(@Nullable Object[] components, Object reply) {
		try {
			return (Object) this.constructor.invokeExact(components);
		}
		catch (Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw Replies.mismatch(this.header, reply, "the record's constructor refused it", ex);
		}
	}

	private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
		Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			// Also for a private record inside the application's class.
			return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
				.findConstructor(type, MethodType.methodType(void.class, types))
				.asFixedArity()
				.asSpreader(Object[].class, types.length)
				.asType(MethodType.methodType(Object.class, Object[].class));
		}
		catch (ReflectiveOperationException ex) {
			throw new UnsupportedTypeException(TypeNames.full(type) + " cannot be created: open its package to "
					+ RecordShape.class.getPackageName(), ex);
		}
	}

}
