package org.elasticvision.convert.architecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The lines that must hold inside the converter. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "org.elasticvision.convert";
    private static final String FAMILIES = ROOT + ".zoo.family..";

    @ArchTest
    static final ArchRule NO_NATIVE_LIBRARY_IS_USED_BUT_THROUGH_THE_RUNTIME =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("ai.onnxruntime..", "org.bytedeco.opencv..");

    @ArchTest
    static final ArchRule TENSORRT_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".tensorrt.builder")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..", "org.elasticvision.runtime.engine.tensorrt.natives..");

    @ArchTest
    static final ArchRule PROTOBUF_WHERE_FILES_ARE_READ_AND_WRITTEN = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".onnx", ROOT + ".onnx.file", ROOT + ".onnx.extract")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.protobuf..", "ai.onnx.proto..");

    @ArchTest
    static final ArchRule UNPICKLING_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".checkpoint.pickle..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.razorvine..");

    @ArchTest
    static final ArchRule NETWORKS_DO_NOT_KNOW_WHO_INTERPRETS_THEM = noClasses()
            .that()
            .resideInAPackage(ROOT + ".zoo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".onnx..", ROOT + ".checkpoint..", ROOT + ".cli..");

    /** The registry names them; everybody else asks it. */
    @ArchTest
    static final ArchRule ONLY_THE_ZOO_KNOWS_ITS_FAMILIES = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".zoo", FAMILIES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FAMILIES);

    @ArchTest
    static final ArchRule FAMILIES_SHARE_BLOCKS_ALONE = slices().matching(ROOT + ".zoo.family.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage(ROOT + ".zoo.family.block"));

    @ArchTest
    static final ArchRule THE_COMMAND_LINE_IS_ON_TOP = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".cli", "picocli..", "me.tongfei..");

    /** Every package by itself: the root too, and a package inside another apart from that. */
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.elasticvision.(**)").should().beFreeOfCycles();
}
