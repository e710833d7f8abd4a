package org.elasticvision.train.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.Internal;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

/** What the packages that are not marked {@link Internal} show to callers, in all three modules. */
@AnalyzeClasses(
        packages = {"org.elasticvision.runtime", "org.elasticvision.convert", "org.elasticvision.train"},
        importOptions = {DoNotIncludeTests.class, PublicApiTest.NoTestJars.class})
class PublicApiTest {
    /** Packed, the tests of the other modules are not known as tests by their place. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule SHOWS_NOTHING_INTERNAL = classes()
            .that(describe("are API", PublicApiTest::isApi))
            .should(new ArchCondition<>("show nothing internal") {
                @Override
                public void check(JavaClass api, ConditionEvents events) {
                    shown(api)
                            .filter(PublicApiTest::isInternal)
                            .map(type -> api.getName() + " shows " + type.getName())
                            .distinct()
                            .forEach(message -> events.add(SimpleConditionEvent.violated(api, message)));
                }
            });

    /**
     * More rooms are no reason for a larger surface: 326 was the number when there were few. It grows with what callers ask for by
     * itself alone, as explanations (7), optimisers (5), recipes for few images (4), quantization-aware training (3),
     * RandAugment (1) and frames of videos with their times (1) did.
     */
    @ArchTest
    static void isSmallerThanOnce(JavaClasses classes) {
        long types = classes.stream()
                .filter(PublicApiTest::isApi)
                .filter(type -> type.getEnclosingClass().isEmpty())
                .count();
        assertThat(types).isBetween(100L, 341L);
    }

    private static boolean isApi(JavaClass type) {
        return isPublic(type) && !isInternal(type);
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicApiTest::isPublic).orElse(true);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith("org.elasticvision")
                && type.getPackage().isAnnotatedWith(Internal.class);
    }

    /** The types that a caller meets: of methods, constructors and fields, and what a type extends. */
    private static Stream<JavaClass> shown(JavaClass api) {
        Stream<JavaType> members = Stream.concat(
                api.getCodeUnits().stream()
                        .filter(unit -> isVisible(unit.getModifiers()))
                        .flatMap(PublicApiTest::types),
                api.getFields().stream()
                        .filter(field -> isVisible(field.getModifiers()))
                        .map(JavaField::getType));
        Stream<JavaType> parents = Stream.concat(api.getInterfaces().stream(), api.getSuperclass().stream());
        return Stream.concat(members, parents)
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Set::stream)
                .map(JavaClass::getBaseComponentType);
    }

    private static Stream<JavaType> types(JavaCodeUnit unit) {
        return Stream.concat(
                Stream.of(unit.getReturnType()),
                Stream.concat(unit.getParameterTypes().stream(), unit.getThrowsClause().getTypes().stream()));
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
