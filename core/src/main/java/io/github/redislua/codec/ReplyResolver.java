package io.github.redislua.codec;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import io.github.redislua.annotation.ReplyFormat;

/**
 * Finds the decoder of one return type and of what is nested in it. Used once.
 */
final class ReplyResolver {

	/**
	 * Whatever the reply, there is nothing to return.
	 */
	static final ReplyDecoder IGNORED = (reply) -> null;

	// Only record N<T>(N<List<T>> next) gets here.
	private static final int MAX_RECORDS = 100;

	private final ConvertedReplies converted;

	private final @Nullable JsonCodec json;

	private final boolean byName;

	// Also where a record that contains itself ends.
	private final Map<Type, RecordReference> records = new HashMap<>();

	private boolean fields;

	ReplyResolver(ConvertedReplies converted, @Nullable JsonCodec json, ReplyFormat format) {
		this.converted = converted;
		this.json = json;
		this.byName = format == ReplyFormat.MAP;
	}

	/**
	 * Whether a record or a map was among the types.
	 * @return whether {@code MAP} makes a difference
	 */
	boolean hasFields() {
		return this.fields;
	}

	ReplyDecoder resolve(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (type.isArray() && raw != byte[].class) {
			return array(type);
		}
		ReplyDecoder decoder = scalar(raw);
		if (decoder == null) {
			decoder = container(type, raw);
		}
		if (decoder == null) {
			decoder = (raw.isRecord()) ? record(type, raw) : this.converted.of(raw);
		}
		if (decoder == null) {
			throw UnsupportedReplies.exception(raw);
		}
		return decoder;
	}

	private static @Nullable ReplyDecoder scalar(Class<?> raw) {
		if (raw == void.class || raw == Void.class) {
			return IGNORED;
		}
		if (raw == Object.class) {
			return NeutralReply.INSTANCE;
		}
		ReplyDecoder decoder = TextReplies.of(raw);
		if (decoder == null) {
			decoder = IntegralReplies.of(raw);
		}
		return (decoder != null) ? decoder : DecimalReplies.of(raw);
	}

	private @Nullable ReplyDecoder container(ResolvableType type, Class<?> raw) {
		if (Optionals.isOptional(raw)) {
			return OptionalReply.of(raw, resolve(Optionals.content(type)));
		}
		if (Map.class.isAssignableFrom(raw) && raw.isAssignableFrom(LinkedHashMap.class)) {
			this.fields = true;
			ResolvableType map = type.asMap();
			return new MapDecoder(TypeNames.simple(type), unique(map.getGeneric(0), type), resolve(map.getGeneric(1)));
		}
		if (Iterable.class.isAssignableFrom(raw)) {
			ResolvableType element = type.as(Iterable.class).getGeneric(0);
			if (raw.isAssignableFrom(ArrayList.class)) {
				return CollectionReply.list(TypeNames.simple(type), resolve(element));
			}
			if (raw.isAssignableFrom(LinkedHashSet.class)) {
				return CollectionReply.set(TypeNames.simple(type), unique(element, type));
			}
		}
		return null;
	}

	private ReplyDecoder array(ResolvableType type) {
		ResolvableType component = type.getComponentType();
		return new ArrayReply(TypeNames.simple(type), component.resolve(Object.class), resolve(component));
	}

	private ReplyDecoder unique(ResolvableType type, ResolvableType owner) {
		if (type.isArray()) {
			throw new UnsupportedTypeException(TypeNames.simple(owner)
					+ " cannot be read from a reply: equal arrays are not equal to Java, so declare ByteBuffer or List");
		}
		return resolve(type);
	}

	private ReplyDecoder record(ResolvableType type, Class<?> raw) {
		this.fields = true;
		Type key = JavaTypes.of(type);
		RecordReference known = this.records.get(key);
		if (known != null) {
			return known;
		}
		if (this.records.size() == MAX_RECORDS) {
			throw new UnsupportedTypeException(
					TypeNames.full(raw) + " cannot be read from a reply: its types nest without an end");
		}
		RecordReference reference = new RecordReference();
		this.records.put(key, reference);
		RecordShape shape = new RecordShape(type, this::resolve);
		ReplyDecoder text = this.converted.registered(raw);
		if (this.byName) {
			reference.record = new NamedRecord(shape, text);
		}
		else {
			if (text == null && this.json != null) {
				text = new JsonReply(this.json, type);
			}
			reference.record = new PositionalRecord(shape, text);
		}
		return reference.record;
	}

	/**
	 * A record that is not finished yet, since it is reached from its own components.
	 */
	private static final class RecordReference implements ReplyDecoder {

		private @Nullable ReplyDecoder record;

		@Override
		public @Nullable Object decode(@Nullable Object reply) {
			return Objects.requireNonNull(this.record).decode(reply);
		}

	}

}
