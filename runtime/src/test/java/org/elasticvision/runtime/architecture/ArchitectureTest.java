package org.elasticvision.runtime.architecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.elasticvision.runtime.cli.ElasticCommand;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The lines that must hold, so that each native library can be replaced in one place. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "org.elasticvision.runtime";

    @ArchTest
    static final ArchRule ONNX_RUNTIME_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".engine.onnx")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule ONEDNN_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".engine.onednn.natives")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco.dnnl..");

    @ArchTest
    static final ArchRule OPENCV_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".image..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco.opencv..");

    /** Who only decodes images loads no video library. */
    @ArchTest
    static final ArchRule OPENCV_S_VIDEO_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".image.video..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.bytedeco.opencv.opencv_videoio..")
                    .or(name("org.bytedeco.opencv.global.opencv_videoio")));

    @ArchTest
    static final ArchRule FFMPEG_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".image.video")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco.ffmpeg..");

    /** What is there is found out in one, what is there is used in the other. */
    @ArchTest
    static final ArchRule CUDA_AND_TENSORRT_IN_TWO_PACKAGES = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".gpu", ROOT + ".engine.tensorrt.natives")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco.cuda..", "org.bytedeco.tensorrt..");

    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_CALLS_TENSORRT = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".engine.tensorrt..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".engine.tensorrt.natives..");

    @ArchTest
    static final ArchRule ONNX_RUNTIME_NOT_IN_THE_TENSORRT_PACKAGE = noClasses()
            .that()
            .resideInAPackage(ROOT + ".engine.tensorrt..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    /** Callers see none of TensorRT's types, and load these classes where its library is missing. */
    @ArchTest
    static final ArchRule CUDA_AND_TENSORRT_STAY_INSIDE = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".gpu", ROOT + ".engine.tensorrt", ROOT + ".engine.tensorrt.file")
            .and()
            .arePublic()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco.cuda..", "org.bytedeco.tensorrt..");

    /** The next engine is a package and a line in a service file. */
    @ArchTest
    static final ArchRule ENGINES_ARE_FOUND_NOT_NAMED = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".engine.onnx..", ROOT + ".engine.onednn..", ROOT + ".engine.tensorrt..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".engine.onnx..", ROOT + ".engine.onednn..", ROOT + ".engine.tensorrt..");

    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_S_OWN_CLASSES_KNOW_ONNX_RUNTIME = noClasses()
            .that()
            .resideInAPackage(ROOT + ".engine..")
            .and()
            .arePublic()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule PICOCLI_ONLY_ON_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "me.tongfei..");

    /** Nor the libraries that only the command line has, which who embeds the runtime does without. */
    @ArchTest
    static final ArchRule HDRHISTOGRAM_ONLY_IN_BENCHMARKS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".benchmark..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.HdrHistogram..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_MEASURES = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".benchmark..", ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".benchmark..");

    @ArchTest
    static final ArchRule NOBODY_NEEDS_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".cli..");

    @ArchTest
    static final ArchRule NO_LIBTORCH_NO_PROTOBUF = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco.pytorch..", "com.google.protobuf..", "ai.onnx.proto..");

    @ArchTest
    static final ArchRule THE_GROUND_FLOOR_STANDS_ON_NOTHING = classes()
            .that()
            .resideInAPackage(ROOT + ".base")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".base", "java..");

    /** They are read from plain numbers, so that training and comparison read them as models do. */
    @ArchTest
    static final ArchRule ANSWERS_AND_MEASURES_KNOW_NO_MODEL = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".answer..", ROOT + ".metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".engine..", ROOT + ".evaluation..");

    /** Every package by itself: the root too, and a package inside another apart from that. */
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.elasticvision.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule COMMANDS_ARE_NAMED_SO =
            classes().that().implement(ElasticCommand.class).should().haveSimpleNameEndingWith("Command");
}
