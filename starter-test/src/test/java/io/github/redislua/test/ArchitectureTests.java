package io.github.redislua.test;

import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
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

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * What users see, and who may know whom.
 */
@AnalyzeClasses(packages = "io.github.redislua.test", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.redislua.test";

	private static final String INTERNAL = ROOT + ".internal";

	private static final Set<String> PUBLIC = Set.of("LocalRedis", "LocalRedis$Builder", "LocalRedisCluster",
			"LocalRedisConfiguration", "LocalRedisException", "LocalRedisUnavailableException", "LocalSentinel",
			"LuaScriptAssert", "LuaScriptAssertions", "LuaScriptTest");

	@ArchTest
	static final ArchRule publicTypesAreTheOnesWeMean = noClasses().that()
		.resideInAPackage(ROOT)
		.and()
		.haveModifier(JavaModifier.PUBLIC)
		.and(DescribedPredicate.describe("not listed in this test",
				(type) -> !PUBLIC.contains(type.getName().substring(ROOT.length() + 1))))
		.should()
		.bePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule signaturesShowNothingInternal = classes().that()
		.resideInAPackage(ROOT)
		.and()
		.arePublic()
		.should(new ArchCondition<>("show no internal type") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				shown(type).filter(ArchitectureTests::isInternal)
					.forEach((internal) -> events
						.add(SimpleConditionEvent.violated(type, type.getName() + " shows " + internal.getName())));
			}

		});

	/**
	 * The exceptions stand beneath everything, the other types for users on top.
	 */
	@ArchTest
	static final ArchRule noCycles = slices().assignedFrom(new Parts()).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule serversKnowNoSpring = noClasses().that()
		.resideInAnyPackage(INTERNAL + ".binary", INTERNAL + ".server", INTERNAL + ".topology")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	private static Stream<JavaClass> shown(JavaClass type) {
		Stream<JavaClass> inherited = Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
		Stream<JavaClass> fields = type.getFields()
			.stream()
			.filter((field) -> isVisible(field.getModifiers()))
			.map(JavaField::getType)
			.flatMap((shown) -> shown.getAllInvolvedRawTypes().stream());
		Stream<JavaClass> codeUnits = type.getCodeUnits()
			.stream()
			.filter((codeUnit) -> isVisible(codeUnit.getModifiers()))
			.flatMap(ArchitectureTests::shown);
		return Stream.of(inherited, fields, codeUnits).flatMap((shown) -> shown);
	}

	private static Stream<JavaClass> shown(JavaCodeUnit codeUnit) {
		Stream<JavaClass> types = Stream
			.concat(Stream.of(codeUnit.getReturnType()), codeUnit.getParameterTypes().stream())
			.flatMap((shown) -> shown.getAllInvolvedRawTypes().stream());
		return Stream.concat(types, codeUnit.getExceptionTypes().stream());
	}

	private static boolean isVisible(Set<JavaModifier> modifiers) {
		return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
	}

	private static boolean isInternal(JavaClass type) {
		return type.getPackageName().startsWith(INTERNAL) || type.getPackageName().startsWith("io.github.redislua.lint")
				|| type.getPackageName().startsWith("io.github.redislua.internal");
	}

	private static final class Parts implements SliceAssignment {

		@Override
		public String getDescription() {
			return "parts of the test support";
		}

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			if (!type.getPackageName().startsWith(ROOT)) {
				return SliceIdentifier.ignore();
			}
			boolean exception = type.isAssignableTo(LocalRedisException.class) && type.getPackageName().equals(ROOT);
			return SliceIdentifier.of((exception) ? "exceptions" : type.getPackageName());
		}

	}

}
