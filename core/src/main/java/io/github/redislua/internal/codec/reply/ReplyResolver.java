package io.github.redislua.internal.codec.reply;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import io.github.redislua.JsonCodec;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.Optionals;
import io.github.redislua.internal.codec.TypeNames;
import io.github.redislua.internal.codec.UnsupportedTypeException;

/**
 * Finds the decoder of one return type and of what is nested in it. Used once.
 */
final class ReplyResolver {

	/**
	 * Whatever the reply, there is nothing to return.
	 */
	static final ReplyDecoder IGNORED = (reply) -> null;

	// Only a type such as T extends List<T> gets here.
	private static final int MAX_DEPTH = 100;

	private final ConvertedReplies converted;

	private final @Nullable JsonCodec json;

	private final boolean byName;

	// Also where a record that contains itself ends.
	private final Map<Type, RecordReference> records = new HashMap<>();

	private int depth;

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
		if (++this.depth > MAX_DEPTH) {
			throw UnsupportedReplies.endless(type);
		}
		ReplyDecoder decoder = find(type);
		this.depth--;
		return decoder;
	}

	private ReplyDecoder find(ResolvableType type) {
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
		RecordReference reference = new RecordReference();
		this.records.put(key, reference);
		ReplyDecoder decoder = record(new RecordShape(type, this::resolve), type, this.converted.registered(raw));
		reference.record = decoder;
		return decoder;
	}

	private ReplyDecoder record(RecordShape shape, ResolvableType type, @Nullable ReplyDecoder converter) {
		if (this.byName) {
			return new NamedRecord(shape, converter);
		}
		if (converter != null || this.json == null) {
			return new PositionalRecord(shape, converter);
		}
		return new PositionalRecord(shape, new JsonReply(this.json, type));
	}

	/**
	 * A record that is not finished yet, since it is reached from its own components.
	 */
	private static final class RecordReference implements ReplyDecoder {

		// Set after the reference got into the final fields of others.
		private volatile @Nullable ReplyDecoder record;

		@Override
		public @Nullable Object decode(@Nullable Object reply) {
			return Objects.requireNonNull(this.record).decode(reply);
		}

		@Override
		public boolean isNothing(@Nullable Object reply) {
			return Objects.requireNonNull(this.record).isNothing(reply);
		}

	}

}
