package org.elasticvision.train.architecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The lines that must hold inside the trainer. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "org.elasticvision.train";

    @ArchTest
    static final ArchRule LIBTORCH_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".torch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..");

    /** What a family's layers are called, its networks say. */
    @ArchTest
    static final ArchRule NO_FAMILY_OF_NETWORKS_IS_KNOWN =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.elasticvision.convert.zoo.family..");

    @ArchTest
    static final ArchRule THE_COMMAND_LINE_IS_ON_TOP = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".cli..", "picocli..", "me.tongfei..");

    /** Data are checked on machines without LibTorch. */
    @ArchTest
    static final ArchRule CHECKS_NEED_NO_LIBTORCH = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".check..", ROOT + ".cli.check..")
            .or()
            .haveSimpleName("CheckCommand")
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAnyPackage("org.bytedeco.pytorch..", ROOT + ".torch..");

    @ArchTest
    static final ArchRule YAML_IS_FOR_RECIPES = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli.recipe")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule PROTOBUF_IS_FOR_TENSORBOARD = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".tensorboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.protobuf..");

    /** Every package by itself: the root too, and a package inside another apart from that. */
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.elasticvision.(**)").should().beFreeOfCycles();
}
