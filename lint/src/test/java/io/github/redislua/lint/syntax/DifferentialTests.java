package io.github.redislua.lint.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Our parser against the reference implementation: same verdict, same line, same text.
 */
class DifferentialTests {

	static final String[] SCRIPTS = { "token_bucket", "queue", "torture", "session" };

	private static final int MUTANTS = Integer.getInteger("redis-lua.mutants", 250_000);

	private static final int BATCH = 25_000;

	@BeforeAll
	static void needsReferenceImplementation() {
		assumeTrue(ReferenceLua.isAvailable(), "lua5.1 is not installed");
	}

	@Test
	void everyMutantGetsTheReferenceVerdictLineAndMessage() throws IOException {
		Mutator mutator = new Mutator(scripts(), Long.getLong("redis-lua.seed", 5_1L));
		List<String> differences = new ArrayList<>();
		for (int done = 0; done < MUTANTS; done += BATCH) {
			List<byte[]> batch = new ArrayList<>(BATCH);
			for (int i = 0; i < BATCH; i++) {
				batch.add(mutator.next());
			}
			compare(batch, differences);
		}
		assertThat(differences).isEmpty();
	}

	@Test
	void everyLimitOfTheCompilerIsTheReferenceLimit() throws IOException {
		List<String> differences = new ArrayList<>();
		compare(Limits.chunks(), differences);
		assertThat(differences).isEmpty();
	}

	private static void compare(List<byte[]> chunks, List<String> differences) throws IOException {
		List<String> verdicts = ReferenceLua.verdicts(chunks);
		assertThat(verdicts).hasSameSizeAs(chunks);
		for (int i = 0; i < verdicts.size(); i++) {
			String ours = ReferenceLua.ours(chunks.get(i));
			if (!ours.equals(verdicts.get(i))) {
				String chunk = Latin1.string(chunks.get(i), 0, Math.min(2000, chunks.get(i).length));
				differences.add(verdicts.get(i) + " but ours says " + ours + " for:\n" + chunk);
			}
		}
	}

	static List<byte[]> scripts() throws IOException {
		List<byte[]> scripts = new ArrayList<>();
		for (String name : SCRIPTS) {
			try (InputStream in = DifferentialTests.class.getResourceAsStream("/scripts/" + name + ".lua")) {
				byte[] script = in.readAllBytes();
				scripts.add(script);
			}
		}
		return scripts;
	}

}
