package io.github.redislua.internal.invoke;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.redislua.internal.invoke.KeyTemplate.Part;
import io.github.redislua.internal.invoke.KeyTemplate.Reference;
import io.github.redislua.internal.invoke.KeyTemplate.Text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyTemplateTests {

	@Test
	void bracesArePlainText() {
		assertThat(parts("{cart:#userId}:items")).containsExactly(new Text("{cart:"), new Reference("userId", null),
				new Text("}:items"));
	}

	@Test
	void aPropertyFollowsADot() {
		assertThat(parts("order:#order.id:#order.version")).containsExactly(new Text("order:"),
				new Reference("order", "id"), new Text(":"), new Reference("order", "version"));
	}

	@Test
	void aDotAtTheEndIsText() {
		assertThat(parts("#id.")).containsExactly(new Reference("id", null), new Text("."));
	}

	@Test
	void twoHashesAreOne() {
		assertThat(parts("a##b###id")).containsExactly(new Text("a#b#"), new Reference("id", null));
	}

	@Test
	void textAloneIsAKey() {
		assertThat(parts("global")).containsExactly(new Text("global"));
	}

	@Test
	void aLonelyHashIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.parse("a:#"))
			.withMessage("the '#' at position 3 of 'a:#' is not followed by a parameter's name");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.parse("#1"));
	}

	private static List<Part> parts(String template) {
		return KeyTemplate.parse(template).parts();
	}

}
