package io.github.redislua;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may know whom.
 */
@AnalyzeClasses(packages = "io.github.redislua", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.redislua";

	/**
	 * What the root package has for users. The factory stands on top of everything, the
	 * exceptions and the interfaces beneath everything.
	 */
	private static final Set<String> PUBLIC = Set.of("LuaRepositoryFactory", "LuaRepositoryFactory$Builder",
			"LuaScriptCheckException", "LuaScriptDefinition", "LuaScriptDefinitionException",
			"LuaScriptDefinitionException$Finding", "LuaScriptException", "LuaScriptExecutionException",
			"LuaScriptNotFoundException", "LuaScriptReplyException", "LuaScripts", "VerifyMode");

	@ArchTest
	static final ArchRule coreKnowsNoBoot = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule annotationsKnowNobody = noClasses().that()
		.resideInAPackage(ROOT + ".annotation")
		.should()
		.dependOnClassesThat(inOtherPackagesThan("annotation"));

	@ArchTest
	static final ArchRule codecsKnowAnnotationsOnly = noClasses().that()
		.resideInAPackage(ROOT + ".codec")
		.should()
		.dependOnClassesThat(inOtherPackagesThan("codec", "annotation"));

	@ArchTest
	static final ArchRule scriptsKnowTheApiOnly = noClasses().that()
		.resideInAPackage(ROOT + ".script")
		.should()
		.dependOnClassesThat(inOtherPackagesThan("script"));

	@ArchTest
	static final ArchRule executionKnowsScriptsAndReplies = noClasses().that()
		.resideInAPackage(ROOT + ".execute")
		.should()
		.dependOnClassesThat(inOtherPackagesThan("execute", "script", "codec"));

	@ArchTest
	static final ArchRule noCycles = slices().assignedFrom(new Packages()).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule driversStandBehindTheirTransport = noClasses().that()
		.haveNameNotMatching(".*\\.execute\\.(Lettuce|Jedis|ScriptExecutors).*")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.lettuce..", "redis.clients..", "io.netty..");

	@ArchTest
	static final ArchRule kotlinIsNeededByOneClassOnly = noClasses().that()
		.haveNameNotMatching(".*\\.invoke\\.SuspensionDelivery")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("kotlin..");

	@ArchTest
	static final ArchRule publicTypesAreTheOnesWeMean = noClasses().that()
		.resideInAPackage(ROOT)
		.and()
		.haveModifier(JavaModifier.PUBLIC)
		.and(DescribedPredicate.describe("not listed in this test", (type) -> !isListed(type)))
		.should()
		.bePublic()
		.allowEmptyShould(true);

	private static boolean isListed(JavaClass type) {
		return PUBLIC.contains(type.getName().substring(ROOT.length() + 1));
	}

	private static DescribedPredicate<JavaClass> inOtherPackagesThan(String... packages) {
		return DescribedPredicate.describe("of this library outside " + String.join(", ", packages), (type) -> {
			if (!type.getPackageName().startsWith(ROOT + ".")) {
				return false;
			}
			return Set.of(packages).stream().noneMatch((name) -> type.getPackageName().equals(ROOT + "." + name));
		});
	}

	private static final class Packages implements SliceAssignment {

		@Override
		public String getDescription() {
			return "packages of the library";
		}

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			// The checker tests its packages itself.
			if (!type.getPackageName().startsWith(ROOT) || type.getPackageName().startsWith(ROOT + ".lint")) {
				return SliceIdentifier.ignore();
			}
			if (type.getName().startsWith(ROOT + ".LuaRepositoryFactory")) {
				return SliceIdentifier.of("factory");
			}
			return SliceIdentifier.of(type.getPackageName());
		}

	}

}
