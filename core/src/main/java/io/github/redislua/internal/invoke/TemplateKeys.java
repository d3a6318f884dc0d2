package io.github.redislua.internal.invoke;

import java.beans.PropertyDescriptor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.github.redislua.internal.codec.UnsupportedTypeException;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;
import io.github.redislua.internal.invoke.KeyTemplate.Part;
import io.github.redislua.internal.invoke.KeyTemplate.Reference;
import io.github.redislua.internal.invoke.KeyTemplate.Text;

/**
 * The keys of a method that it has templates for.
 */
final class TemplateKeys {

	private static final Pattern BRACES = Pattern.compile("\\{(([\\w$]+)(?:\\.[\\w$]+)?)}",
			Pattern.UNICODE_CHARACTER_CLASS);

	private final MethodArguments method;

	private final ArgumentEncoders encoders;

	private final Findings findings;

	TemplateKeys(MethodArguments method, ArgumentEncoders encoders, Findings findings) {
		this.method = method;
		this.encoders = encoders;
		this.findings = findings;
	}

	/**
	 * The key that a template stands for.
	 * @param source the template, with placeholders filled in
	 * @param keyPrefix what to put before the key
	 * @param named takes the parameters that the template names
	 * @return where the key comes from, {@code null} if the template does not fit
	 */
	@Nullable KeySource key(String source, String keyPrefix, Set<Integer> named) {
		KeyTemplate template;
		try {
			template = KeyTemplate.parse(source);
		}
		catch (IllegalArgumentException ex) {
			this.findings.add("the key template does not fit: " + ex.getMessage(),
					"Write ## for a '#' that is part of the key");
			return null;
		}
		List<Object> parts = new ArrayList<>();
		String text = keyPrefix;
		ValueSource spread = null;
		for (Part part : template.parts()) {
			if (part instanceof Text literal) {
				text += literal.text();
				continue;
			}
			Reference reference = (Reference) part;
			ValueSource value = reference(source, reference, named);
			if (value == null) {
				return null;
			}
			if (value.isSpread() && spread != null) {
				this.findings.add("the key template '" + source + "' names two collections, " + spread.label() + " and "
						+ value.label(), "Name one collection in a template: it yields one key an element");
				return null;
			}
			spread = value.isSpread() ? value : spread;
			addText(parts, text);
			text = "";
			parts.add(value);
		}
		addText(parts, text);
		String meant = withReferences(source);
		if (!meant.equals(source)) {
			this.findings.add("the key template '" + source + "' has the name of a parameter in braces, which is text",
					"Write '" + meant + "', or rename the parameter if you mean the text");
			return null;
		}
		if (parts.isEmpty()) {
			this.findings.add("a key template is empty", "Write the key, or leave the template out");
			return null;
		}
		return new KeySource(parts);
	}

	// {sku} as {#sku}: other libraries write it like that.
	private String withReferences(String template) {
		return BRACES.matcher(template)
			.replaceAll((match) -> Matcher.quoteReplacement(
					(this.method.index(match.group(2)) >= 0) ? "{#" + match.group(1) + "}" : match.group()));
	}

	private static void addText(List<Object> parts, String text) {
		if (!text.isEmpty()) {
			parts.add(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	private @Nullable ValueSource reference(String template, Reference reference, Set<Integer> named) {
		int index = this.method.index(reference.parameter());
		if (index < 0) {
			unknownParameter(template, reference);
			return null;
		}
		named.add(index);
		if (reference.property() == null) {
			return this.method.key(index);
		}
		ResolvableType type = this.method.type(index);
		Method accessor = accessor(type.toClass(), reference.property());
		if (accessor == null) {
			this.findings.add("the key template '" + template + "' names " + reference + ", but "
					+ ClassUtils.getShortName(type.toClass()) + " has no property '" + reference.property() + "'",
					"Name a record component or a property with a getter");
			return null;
		}
		try {
			ReflectionUtils.makeAccessible(accessor);
			ResolvableType propertyType = ResolvableType.forMethodReturnType(accessor, type.toClass());
			return new PropertySource(index, this.method.label(index), reference.property(), accessor,
					this.encoders.forKey(propertyType));
		}
		catch (InaccessibleObjectException ex) {
			this.findings.add("the key template '" + template + "' names " + reference + ", which cannot be read",
					"Make " + ClassUtils.getShortName(type.toClass()) + " public, or open its package to "
							+ TemplateKeys.class.getPackageName());
			return null;
		}
		catch (UnsupportedTypeException ex) {
			this.findings.add("the key template '" + template + "' names " + reference + ", which cannot be a key: "
					+ ex.getMessage(), "Name a property that is text or a number");
			return null;
		}
	}

	private void unknownParameter(String template, Reference reference) {
		@Nullable String[] names = this.method.names();
		if (names == null) {
			this.findings.add(
					"the key template '" + template + "' names " + reference
							+ ", but the class file does not hold the names of parameters",
					"Compile with -parameters (Spring Boot's Maven and Gradle plugins do), or use @Key");
			return;
		}
		String known = (names.length > 0) ? "has the parameters " + String.join(", ", names) : "has no parameters";
		this.findings.add("the key template '" + template + "' names " + reference + ", but the method " + known,
				"Name one of the parameters, or write ## for a '#' that is part of the key");
	}

	private static @Nullable Method accessor(Class<?> type, String property) {
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				if (component.getName().equals(property)) {
					return component.getAccessor();
				}
			}
		}
		PropertyDescriptor descriptor = BeanUtils.getPropertyDescriptor(type, property);
		return (descriptor != null) ? descriptor.getReadMethod() : null;
	}

}
