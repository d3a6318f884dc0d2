package io.github.redislua.internal.codec;

import java.io.File;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Value types of the JDK that have one well-known text, the same as Spring's
 * {@code ConversionService} gives. A closed list on purpose: the default service itself
 * offers {@code toString()} for every class with a constructor or factory that takes a
 * {@code String}, which includes {@code Thread} and {@code StringReader}, and turns an
 * empty text into null.
 *
 * @param <T> the Java type
 * @param type the Java type
 * @param writer its text
 * @param reader its value; anything it throws means that the text is none of the type
 */
public record JdkValues<T>(Class<T> type, Writer<T> writer, Reader<T> reader) {

	private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

	private static final Pattern IP_ADDRESS = Pattern
		.compile(BYTE + "(\\." + BYTE + "){3}|(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*(%\\w+)?");

	private static final List<JdkValues<?>> ALL = List.of(new JdkValues<>(UUID.class, UUID::toString, UUID::fromString),
			new JdkValues<>(URI.class, URI::toString, URI::new), new JdkValues<>(URL.class, URL::toString, URL::new),
			new JdkValues<>(Locale.class, JdkValues::text, StringUtils::parseLocale),
			new JdkValues<>(Currency.class, Currency::getCurrencyCode, Currency::getInstance),
			new JdkValues<>(TimeZone.class, TimeZone::getID, StringUtils::parseTimeZoneString),
			new JdkValues<>(ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of),
			new JdkValues<>(ZoneId.class, ZoneId::getId, ZoneId::of),
			new JdkValues<>(Charset.class, Charset::name, Charset::forName),
			new JdkValues<>(Path.class, Path::toString, Path::of),
			new JdkValues<>(File.class, File::getPath, File::new),
			new JdkValues<>(Pattern.class, Pattern::pattern, Pattern::compile),
			new JdkValues<>(InetAddress.class, InetAddress::getHostAddress, JdkValues::address));

	/**
	 * How to write a type or, for the implementations behind {@code Path} and the like,
	 * its supertype.
	 * @param type the type
	 * @return the writer, null if the type is not in the list
	 */
	public static @Nullable Writer<?> writer(Class<?> type) {
		for (JdkValues<?> each : ALL) {
			if (each.type.isAssignableFrom(type)) {
				return each.writer;
			}
		}
		return null;
	}

	public static @Nullable Reader<?> reader(Class<?> type) {
		for (JdkValues<?> each : ALL) {
			if (each.type == type) {
				return each.reader;
			}
		}
		return null;
	}

	private static String text(Locale locale) {
		// Script and extensions do not survive the form with underscores.
		boolean simple = locale.getScript().isEmpty() && !locale.hasExtensions();
		return (simple) ? locale.toString() : locale.toLanguageTag();
	}

	private static InetAddress address(String text) throws Exception {
		// Anything else would be looked up in the DNS.
		if (!IP_ADDRESS.matcher(text).matches()) {
			throw new IllegalArgumentException("Not a literal IP address");
		}
		return InetAddress.getByName(text);
	}

	/**
	 * Writes a value as text.
	 *
	 * @param <T> the Java type
	 */
	@FunctionalInterface
	public interface Writer<T> {

		String write(T value);

	}

	/**
	 * Reads a value from text.
	 *
	 * @param <T> the Java type
	 */
	@FunctionalInterface
	public interface Reader<T> {

		@Nullable T read(String text) throws Exception;

	}

}
