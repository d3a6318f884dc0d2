package io.github.redislua.lint.rules;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.ReturnType;
import io.github.redislua.lint.model.Kind;
import io.github.redislua.lint.model.Kinds;
import io.github.redislua.lint.report.Messages;

/**
 * Whether what a script returns can be what a method returns.
 */
final class ReplyFit {

	private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

	private static final Pattern DECIMAL = Pattern.compile(".*[0-9].*|[+-]?(inf|nan)", Pattern.DOTALL);

	private ReplyFit() {
	}

	/**
	 * Why a value does not fit.
	 * @param kinds what it can be
	 * @param type what the method returns
	 * @return the misfit, or null if it may fit, or is an error reply
	 */
	static @Nullable Misfit misfit(List<Kind> kinds, ReturnType type) {
		Misfit first = null;
		StringBuilder labels = new StringBuilder();
		boolean inside = true;
		for (Kind kind : kinds) {
			if (kind.type() == Kind.Type.ERROR) {
				continue;
			}
			Misfit found = misfit(kind, type);
			if (found == null) {
				return null;
			}
			first = (first != null && first.certain()) ? first : found;
			inside &= found.inside();
			String label = described(kind);
			if (labels.indexOf(label) < 0) {
				labels.append((labels.length() > 0) ? " or " : "").append(label);
			}
		}
		return (first == null || inside) ? first : Misfit.of(labels.toString(), type);
	}

	private static @Nullable Misfit misfit(Kind kind, ReturnType type) {
		if (type.kind() == ReturnType.Kind.ANY || kind.type() == Kind.Type.UNKNOWN) {
			return null;
		}
		boolean fits = switch (kind.type()) {
			case NIL, FALSE -> type.nullable() || type.kind() == ReturnType.Kind.BOOLEAN;
			case NUMBER, TRUE -> isNumber(kind, type.kind());
			case TEXT, STATUS -> isText(kind, type.kind());
			default -> isList(type.kind());
		};
		if (!fits) {
			return Misfit.of(described(kind), type);
		}
		Kind.Elements elements = kind.elements();
		boolean parts = !type.parts().isEmpty() || type.components() >= 0;
		return (elements != null && parts) ? elements(elements, type) : null;
	}

	private static String described(Kind kind) {
		boolean quoted = kind.type() == Kind.Type.TEXT || kind.type() == Kind.Type.STATUS;
		String text = kind.text();
		return (quoted && text != null && text.length() <= 20)
				? kind.type().label() + " ('" + Messages.decode(text) + "')" : kind.type().label();
	}

	private static boolean isNumber(Kind kind, ReturnType.Kind type) {
		return switch (type) {
			case INTEGER, DECIMAL, TEXT -> true;
			case BOOLEAN -> kind.text() == null || kind.text().equals("0") || kind.text().equals("1");
			default -> false;
		};
	}

	private static boolean isText(Kind kind, ReturnType.Kind type) {
		String text = kind.text();
		return switch (type) {
			case LIST, MAP -> false;
			case INTEGER -> text == null || INTEGER.matcher(text).matches();
			case DECIMAL -> text == null || DECIMAL.matcher(text).matches();
			case BOOLEAN -> text == null || text.equals("0") || text.equals("1") || text.equals("OK");
			default -> true;
		};
	}

	private static boolean isList(ReturnType.Kind type) {
		return switch (type) {
			case LIST, MAP, RECORD -> true;
			default -> false;
		};
	}

	private static @Nullable Misfit elements(Kind.Elements elements, ReturnType type) {
		List<List<Kind>> kinds = elements.kinds();
		int components = type.components();
		// The first nil ends the list: what stands in front of it certainly arrives.
		int certain = 0;
		while (certain < kinds.size() && !Kinds.mayBeNil(kinds.get(certain))) {
			certain++;
		}
		if (components >= 0 && certain > components) {
			return Misfit.size(kinds.size(), type, true);
		}
		for (int i = 0; i < certain; i++) {
			ReturnType part = part(type, i);
			Misfit found = (part != null) ? misfit(kinds.get(i), part) : null;
			if (found != null) {
				return found.at(i, type);
			}
		}
		boolean ends = certain < kinds.size() && List.of(Kind.Type.NIL).equals(types(kinds.get(certain)));
		if (ends || certain == kinds.size() && !elements.open()) {
			return missing(certain, type);
		}
		boolean cut = kinds.stream().anyMatch((each) -> each.size() == 1 && each.get(0).type() == Kind.Type.NIL);
		return (components >= 0 && kinds.size() > components && !cut) ? Misfit.size(kinds.size(), type, false) : null;
	}

	// The first component that the list is too short for, and that cannot be nil.
	private static @Nullable Misfit missing(int size, ReturnType type) {
		for (int i = size; i < type.components() && i < type.parts().size(); i++) {
			ReturnType part = type.parts().get(i);
			if (part.kind() != ReturnType.Kind.ANY && part.kind() != ReturnType.Kind.BOOLEAN && !part.nullable()) {
				return new Misfit(Messages.count(size, "element"), "component " + (i + 1) + " of the record that ",
						" returns is " + part.kind().label() + " and cannot be missing", -1, true, true);
			}
		}
		return null;
	}

	private static List<Kind.Type> types(List<Kind> kinds) {
		return kinds.stream().map(Kind::type).toList();
	}

	private static @Nullable ReturnType part(ReturnType type, int index) {
		if (type.components() < 0) {
			return type.parts().isEmpty() ? null : type.parts().get(0);
		}
		return (index < type.parts().size()) ? type.parts().get(index) : null;
	}

	/**
	 * Why a value does not fit.
	 *
	 * @param returned what the script returns, in words
	 * @param before what stands in front of the method's name
	 * @param after what stands behind it
	 * @param element the element of the list that does not fit, from 0, or -1
	 * @param certain whether it never fits
	 * @param inside whether the list fits, but not what is in it
	 */
	record Misfit(String returned, String before, String after, int element, boolean certain, boolean inside) {

		static Misfit of(String returned, ReturnType type) {
			return new Misfit(returned, "", " returns " + type.kind().label(), -1, true, false);
		}

		static Misfit size(int elements, ReturnType type, boolean certain) {
			return new Misfit(Messages.count(elements, "element"), "the record that ",
					" returns has " + Messages.count(type.components(), "component"), -1, certain, true);
		}

		// The same for an element of a list.
		Misfit at(int index, ReturnType list) {
			String what = this.inside ? this.returned + " in element " + (index + 1)
					: this.returned + " as element " + (index + 1);
			if (this.inside) {
				return new Misfit(what, this.before, this.after, index, this.certain, true);
			}
			String expected = this.after.substring(" returns ".length());
			return (list.components() >= 0)
					? new Misfit(what, "component " + (index + 1) + " of the record that ", " returns is " + expected,
							index, this.certain, true)
					: new Misfit(what, "an element of the list that ", " returns is " + expected, index, this.certain,
							true);
		}

		String message(String method) {
			return "script returns " + this.returned + " here, but " + this.before + method + this.after;
		}

	}

}
