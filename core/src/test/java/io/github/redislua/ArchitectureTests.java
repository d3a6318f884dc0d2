package io.github.redislua;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may know whom.
 */
@AnalyzeClasses(packages = "io.github.redislua", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.redislua";

	@ArchTest
	static final ArchRule coreKnowsNoBoot = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	/**
	 * Who may use whom below the root package. The root itself, without the factory on
	 * top of everything, is beneath everything: any package may use it.
	 */
	private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(Map.entry("annotation", Set.of()),
			Map.entry("observe", Set.of("internal.script")), Map.entry("internal.script", Set.of()),
			Map.entry("internal.codec", Set.of()),
			Map.entry("internal.codec.argument", Set.of("annotation", "internal.codec")),
			Map.entry("internal.codec.reply", Set.of("annotation", "internal.codec")),
			Map.entry("internal.execute", Set.of("internal.script")),
			Map.entry("internal.execute.call", Set.of("internal.execute", "internal.script", "internal.codec")),
			Map.entry("internal.execute.policy",
					Set.of("internal.execute", "internal.execute.call", "internal.script", "internal.codec")),
			Map.entry("internal.execute.lettuce",
					Set.of("internal.execute", "internal.execute.call", "internal.script", "internal.codec")),
			Map.entry("internal.execute.jedis",
					Set.of("internal.execute", "internal.execute.call", "internal.script", "internal.codec")),
			Map.entry("internal.execute.driver",
					Set.of("internal.execute", "internal.execute.call", "internal.execute.policy",
							"internal.execute.lettuce", "internal.execute.jedis", "internal.script")),
			Map.entry("internal.monitor", Set.of("observe", "internal.script")),
			Map.entry("internal.invoke.delivery", Set.of("internal.codec", "internal.codec.reply")),
			Map.entry("internal.invoke",
					Set.of("annotation", "internal.codec", "internal.codec.argument", "internal.codec.reply",
							"internal.execute", "internal.invoke.delivery", "internal.monitor", "internal.script")),
			Map.entry("internal.check",
					Set.of("annotation", "lint", "internal.codec", "internal.codec.argument", "internal.codec.reply",
							"internal.execute", "internal.invoke", "internal.invoke.delivery", "internal.script")),
			Map.entry("internal.repository",
					Set.of("annotation", "internal.codec", "internal.codec.argument", "internal.codec.reply",
							"internal.execute", "internal.execute.driver", "internal.monitor", "internal.invoke",
							"internal.check", "internal.script")),
			Map.entry("internal.config",
					Set.of("annotation", "lint", "observe", "internal.check", "internal.codec", "internal.execute",
							"internal.execute.driver", "internal.invoke", "internal.invoke.delivery",
							"internal.monitor", "internal.repository", "internal.script")));

	@ArchTest
	static void everyPackageUsesTheOnesItMay(JavaClasses classes) {
		MAY_USE.forEach((name, others) -> noClasses().that()
			.resideInAPackage(ROOT + "." + name)
			.should()
			.dependOnClassesThat(inOtherPackagesThan(name, others))
			.check(classes));
	}

	@ArchTest
	static void everyPackageIsListed(JavaClasses classes) {
		Set<String> packages = classes.stream()
			.map(JavaClass::getPackageName)
			.filter((name) -> name.startsWith(ROOT + ".") && !isLint(name) && !name.equals(ROOT + ".internal"))
			.map((name) -> name.substring(ROOT.length() + 1))
			.collect(Collectors.toSet());
		assertThat(packages).isEqualTo(MAY_USE.keySet());
	}

	@ArchTest
	static final ArchRule noInternalTypeIsInAPublicSignature = codeUnits().that()
		.areDeclaredInClassesThat()
		.resideInAnyPackage(ROOT, ROOT + ".annotation", ROOT + ".observe")
		.and()
		.areDeclaredInClassesThat(DescribedPredicate.describe("are public", ArchitectureTests::isVisible))
		.and(DescribedPredicate.describe("are public or protected", (member) -> isVisible(member.getModifiers())))
		.should(haveNoInternalTypes());

	@ArchTest
	static final ArchRule noCycles = slices().assignedFrom(new Packages()).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule driversStandBehindTheirTransport = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".internal.execute.lettuce", ROOT + ".internal.execute.jedis")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.lettuce..", "redis.clients..", "io.netty..");

	@ArchTest
	static final ArchRule kotlinIsNeededByOneClassOnly = noClasses().that()
		.haveNameNotMatching(".*\\.invoke\\.delivery\\.SuspensionDelivery")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("kotlin..");

	@ArchTest
	static final ArchRule driversAreChosenInOnePlace = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".internal.execute.lettuce", ROOT + ".internal.execute.jedis",
				ROOT + ".internal.execute.driver")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".internal.execute.lettuce", ROOT + ".internal.execute.jedis");

	private static boolean isVisible(JavaClass type) {
		return isVisible(type.getModifiers())
				&& type.getEnclosingClass().map(ArchitectureTests::isVisible).orElse(true);
	}

	private static boolean isVisible(Set<JavaModifier> modifiers) {
		return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
	}

	private static ArchCondition<JavaCodeUnit> haveNoInternalTypes() {
		return new ArchCondition<>("have no internal types") {

			@Override
			public void check(JavaCodeUnit member, ConditionEvents events) {
				Stream.concat(member.getAllInvolvedRawTypes().stream(), member.getExceptionTypes().stream())
					.map(JavaClass::getName)
					.filter((name) -> name.startsWith(ROOT + ".internal.") || name.startsWith(ROOT + ".lint."))
					.forEach((name) -> events
						.add(SimpleConditionEvent.violated(member, member.getFullName() + " has " + name)));
			}

		};
	}

	private static boolean isLint(String name) {
		return name.equals(ROOT + ".lint") || name.startsWith(ROOT + ".lint.");
	}

	private static DescribedPredicate<JavaClass> inOtherPackagesThan(String own, Set<String> others) {
		return DescribedPredicate.describe("of this library outside " + own + ", " + String.join(", ", others),
				(type) -> {
					if (type.getName().startsWith(ROOT + ".LuaRepositoryFactory")) {
						return !own.equals("internal.config");
					}
					if (!type.getPackageName().startsWith(ROOT + ".")) {
						return false;
					}
					String name = type.getPackageName().substring(ROOT.length() + 1);
					return !name.equals(own) && !others.contains(name);
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
