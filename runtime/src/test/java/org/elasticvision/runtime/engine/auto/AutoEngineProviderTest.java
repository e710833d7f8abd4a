package org.elasticvision.runtime.engine.auto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.choice.InstructionLevel;
import org.elasticvision.runtime.engine.choice.SpeedTable;
import org.elasticvision.runtime.engine.choice.SpeedTables;
import org.elasticvision.runtime.engine.onednn.OneDnnRequirements;
import org.elasticvision.runtime.engine.plugin.PluginOptions;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AutoEngineProviderTest {
    private static final EngineOptions OPTIONS = new EngineOptions(1);
    private static final SpeedTable FASTER = SpeedTables.parse("avx2\tfp32\tother\t1.50\tThis\n");
    private static final SpeedTable SLOWER =
            SpeedTables.parse("avx2\tfp32\tother\t0.80\tThis\navx512_core_amx\tbf16\tother\t2.00\tThis\n");

    @TempDir
    Path folder;

    private static AutoEngineProvider by(SpeedTable table) {
        return by(table, InstructionLevel.AVX2);
    }

    private static AutoEngineProvider by(SpeedTable table, InstructionLevel level) {
        return new AutoEngineProvider(() -> new EngineRule(table, Optional.ofNullable(level), Optional.empty()));
    }

    private EngineChoice choice(AutoEngineProvider auto, EngineOptions options) {
        try (Engine engine = auto.open(TestModels.classifier(folder, -1), options)) {
            return engine.choice().orElseThrow();
        }
    }

    private Path withSoftplus() {
        return TestModels.write(
                folder.resolve("odd.onnx"),
                Task.CLASSIFICATION,
                TestModels.classification(1, 4).node(OnnxParts.node("Softplus", "logits", "odd")),
                TestModels.cropTo(4));
    }

    @Test
    void takesOneDnnWhereItWasFaster() {
        OneDnnRequirements.assumeThatItLoads();
        Path model = TestModels.classifier(folder, -1);
        try (Engine engine = by(FASTER).open(model, OPTIONS)) {
            String reason = "measured to be 1.50 times as fast as ONNX Runtime (other in fp32 with avx2 on This)";
            assertThat(engine.choice()).contains(new EngineChoice("onednn", "oneDNN", reason));
            assertThat(engine.toString()).startsWith("oneDNN engine (").endsWith(model + ", chosen by auto: " + reason);
        }
    }

    @Test
    void takesOnnxRuntimeWhereOneDnnWasSlower() {
        assertThat(choice(by(SLOWER), OPTIONS))
                .hasToString(
                        "ONNX Runtime (--provider cpu): oneDNN was measured to be 0.80 times as fast as ONNX Runtime"
                                + " (other in fp32 with avx2 on This)");
    }

    @Test
    void takesOnnxRuntimeWhereNothingWasMeasured() {
        assertThat(choice(by(SpeedTables.parse("")), OPTIONS).reason())
                .isEqualTo("oneDNN was not measured with other in fp32 and avx2");
        EngineChoice elsewhere = choice(by(FASTER, null), OPTIONS);
        assertThat(elsewhere.provider()).isEqualTo("cpu");
        assertThat(elsewhere.reason()).startsWith("oneDNN was not measured on such a processor (");
    }

    /** Where matrix instructions make bfloat16 faster, {@code auto} is bfloat16; elsewhere float32. */
    @Test
    void thePrecisionAutoIsLookedUpAsWhatItIs() {
        OneDnnRequirements.assumeThatItLoads();
        EngineOptions precise = OPTIONS.withPrecision(InferencePrecision.AUTO);
        assertThat(choice(by(SLOWER, InstructionLevel.AVX512_CORE_BF16), precise)
                        .provider())
                .isEqualTo("cpu");
        assertThat(choice(by(SLOWER, InstructionLevel.AVX512_CORE_AMX), precise).provider())
                .isEqualTo("onednn");
        assertThat(choice(by(SLOWER, InstructionLevel.AVX512_CORE_AMX), OPTIONS).provider())
                .isEqualTo("cpu");
    }

    @Test
    void anOperatorThatOneDnnDoesNotHaveRunsInOnnxRuntime() {
        OneDnnRequirements.assumeThatItLoads();
        Path model = withSoftplus();
        try (Engine engine = by(FASTER).open(model, OPTIONS)) {
            assertThat(engine.choice())
                    .contains(new EngineChoice(
                            "cpu",
                            "ONNX Runtime",
                            "oneDNN cannot run this model (node 'odd' (Softplus) is an operator that this engine does"
                                    + " not have)"));
        }
    }

    /** ONNX Runtime would compute in float32 instead. */
    @Test
    void whatOnlyOneDnnDoesRunsNowhereElse() {
        OneDnnRequirements.assumeThatItLoads();
        Path model = withSoftplus();
        for (InferencePrecision precision : List.of(InferencePrecision.BF16, InferencePrecision.FP16)) {
            assertThatThrownBy(() -> by(SLOWER).open(model, OPTIONS.withPrecision(precision)))
                    .isInstanceOf(ModelException.class)
                    .message()
                    .containsAnyOf("(Softplus) is an operator that this engine does not have", "does not multiply");
        }
    }

    @Test
    void aDamagedModelIsRefusedAsByOnnxRuntime() throws IOException {
        Path model = TestModels.classifier(folder, -1);
        byte[] whole = Files.readAllBytes(model);
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> by(FASTER).open(cut, OPTIONS))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(cut + " is not an ONNX model, or is damaged or cut off");
    }

    @Test
    void measuresTheNodesOfWhatItTakes() {
        OneDnnRequirements.assumeThatItLoads();
        Path model = TestModels.classifier(folder, -1);
        assertThat(by(FASTER).nodeTimes(model).measure(OPTIONS, 1, 2))
                .extracting(NodeTime::operator)
                .isNotEqualTo(operators(by(SLOWER), model));
        assertThat(operators(by(SLOWER), model)).contains("GlobalAveragePool", "Gemm");
    }

    private static List<String> operators(AutoEngineProvider auto, Path model) {
        return auto.nodeTimes(model).measure(OPTIONS, 1, 2).stream()
                .map(NodeTime::operator)
                .toList();
    }

    @Test
    void isNoPlugin() {
        Path model = TestModels.classifier(folder, -1);
        assertThatThrownBy(() -> by(FASTER)
                        .open(model, OPTIONS.withPlugin(PluginOptions.none().withDevice("cpu"))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("runs with the provider auto, which takes no plug-in");
    }

    @Test
    void theDoctorSaysForWhatOneDnnIsTaken() {
        assertThat(AutoCheckup.text(
                        new EngineRule(FASTER, Optional.of(InstructionLevel.AVX512_CORE), Optional.empty())))
                .isEqualTo(
                        "oneDNN for fp32 (all); ONNX Runtime for others, by the speeds measured with avx512_core or the"
                                + " nearest below");
        assertThat(AutoCheckup.text(new EngineRule(SLOWER, Optional.of(InstructionLevel.AVX2), Optional.empty())))
                .startsWith("ONNX Runtime for all models, by the speeds");
        assertThat(AutoCheckup.text(new EngineRule(FASTER, Optional.empty(), Optional.empty())))
                .isEqualTo("ONNX Runtime for all models: oneDNN was not measured on such a machine");
    }

    /** Opens a model twice by a rule that favours oneDNN. */
    static final class Twice {
        private Twice() {}

        public static void main(String[] arguments) {
            System.setProperty("java.util.logging.SimpleFormatter.format", "warning: %5$s%n");
            for (int i = 0; i < 2; i++) {
                try (Engine engine = by(FASTER).open(Path.of(arguments[0]), OPTIONS)) {
                    System.out.println(engine.choice().orElseThrow());
                }
            }
        }
    }

    @Test
    void withoutOneDnnOnTheClassPathOnnxRuntimeGoesOnAndSaysSoOnce() throws Exception {
        String separator = System.getProperty("path.separator");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(separator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("dnnl"))
                .collect(Collectors.joining(separator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Twice.class.getName(),
                        TestModels.classifier(folder, -1).toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        String taken = "ONNX Runtime (--provider cpu): oneDNN cannot be loaded here";
        assertThat(printed.lines().toList()).hasSize(3).endsWith(taken, taken);
        assertThat(printed.lines().findFirst().orElseThrow())
                .startsWith(
                        "warning: models run in ONNX Runtime, though oneDNN would be faster: oneDNN's native library"
                                + " cannot be loaded on");
    }

    /** Loads ahead, and opens, by a rule that favours oneDNN or ONNX Runtime; prints which libraries are in memory after each. */
    static final class Libraries {
        private Libraries() {}

        public static void main(String[] arguments) throws IOException {
            AutoEngineProvider auto = by(arguments[0].equals("onednn") ? FASTER : SLOWER);
            Path model = Path.of(arguments[1]);
            auto.loadAhead(model, OPTIONS);
            print();
            auto.open(model, OPTIONS).close();
            print();
        }

        private static void print() throws IOException {
            String maps = Files.readString(Path.of("/proc/self/maps"));
            System.out.println(Stream.of("libdnnl.so", "libonnxruntime.so")
                    .filter(maps::contains)
                    .collect(Collectors.joining(" ")));
        }
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void loadsNoLibraryButThatOfTheEngineThatItTakes() throws Exception {
        OneDnnRequirements.assumeThatItLoads();
        assertThat(libraries("onednn")).containsExactly("libdnnl.so", "libdnnl.so");
        assertThat(libraries("cpu")).containsExactly("", "libonnxruntime.so");
    }

    private List<String> libraries(String faster) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Libraries.class.getName(),
                        faster,
                        TestModels.classifier(folder, -1).toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }
}
