package io.github.redislua.lint;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may know whom.
 */
@AnalyzeClasses(packages = "io.github.redislua.lint", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.redislua.lint";

	/**
	 * The classes of the top package that run the checker. The other ones are values that
	 * every package may use.
	 */
	private static final Set<String> CHECKER = Set.of("ScriptChecker", "ScriptCheck", "CheckRun", "Report");

	@ArchTest
	static final ArchRule packagesUseWhatStandsBelow = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("values")
		.definedBy(isIn("values"))
		.layer("checker")
		.definedBy(isIn("checker"))
		.layer("cli")
		.definedBy(ROOT + ".cli")
		.layer("rules")
		.definedBy(ROOT + ".rules")
		.layer("report")
		.definedBy(ROOT + ".report")
		.layer("model")
		.definedBy(ROOT + ".model")
		.layer("command")
		.definedBy(ROOT + ".command")
		.layer("syntax")
		.definedBy(ROOT + ".syntax")
		.whereLayer("cli")
		.mayOnlyAccessLayers("checker", "values")
		.whereLayer("checker")
		.mayOnlyAccessLayers("rules", "report", "model", "command", "syntax", "values")
		.whereLayer("rules")
		.mayOnlyAccessLayers("report", "model", "command", "syntax", "values")
		.whereLayer("report")
		.mayOnlyAccessLayers("syntax", "values")
		.whereLayer("model")
		.mayOnlyAccessLayers("command", "syntax")
		.whereLayer("command")
		.mayNotAccessAnyLayer()
		.whereLayer("syntax")
		.mayNotAccessAnyLayer()
		.whereLayer("values")
		.mayNotAccessAnyLayer();

	@ArchTest
	static final ArchRule noCycles = slices().assignedFrom(new Packages()).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule theCheckerNeedsNoLibrary = noClasses().should()
		.dependOnClassesThat(DescribedPredicate.describe("are neither of the JDK nor of the checker",
				(type) -> !type.getPackageName().startsWith("java.") && !type.getPackageName().startsWith(ROOT)
						&& !type.getPackageName().equals("org.jspecify.annotations") && !type.isPrimitive()
						&& !type.getBaseComponentType().isPrimitive()));

	private static DescribedPredicate<JavaClass> isIn(String slice) {
		return DescribedPredicate.describe("are the " + slice + " of the top package",
				(type) -> slice.equals(slice(type)));
	}

	// The top package's classes are in one of two slices.
	private static String slice(JavaClass type) {
		if (!type.getPackageName().equals(ROOT)) {
			return type.getPackageName();
		}
		String name = type.getName().substring(ROOT.length() + 1);
		int dollar = name.indexOf('$');
		return CHECKER.contains((dollar >= 0) ? name.substring(0, dollar) : name) ? "checker" : "values";
	}

	private static final class Packages implements SliceAssignment {

		@Override
		public String getDescription() {
			return "packages of the checker";
		}

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return type.getPackageName().startsWith(ROOT) ? SliceIdentifier.of(slice(type)) : SliceIdentifier.ignore();
		}

	}

}
