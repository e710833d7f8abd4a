package org.elasticvision.runtime.engine.onednn.network;

import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.engine.OnnxParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The input {@code i} is in codes. */
class CodeFlowTest {
    private static final Quantization INPUT = new Quantization(0.1f, 128, false);

    @TempDir
    Path folder;

    private Graphs graph;

    @BeforeEach
    void begin() {
        graph = new Graphs(folder).codes("x", "i", 0.1f, 128);
    }

    private static Step maker(Network network, String output) {
        return network.steps().stream()
                .filter(step -> step.output().name().equals(output))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void poolingsKeepCodes() {
        Network network = graph.node("MaxPool", "i", "p", OnnxParts.numbers("kernel_shape", 2, 2))
                .codes("p", "q", 0.05f, 3)
                .convInCodes("q", "y")
                .read();
        assertThat(Graphs.kinds(network)).containsExactly("Converting", "Pooling", "Convolution");
        assertThat(maker(network, "p").output().quantization()).contains(INPUT);
    }

    @Test
    void aPoolingThatIsTheAnswerGivesNumbers() {
        Network network = graph.node("MaxPool", "i", "y", OnnxParts.numbers("kernel_shape", 2, 2))
                .read();
        assertThat(Graphs.kinds(network)).containsExactly("Converting", "Converting", "Pooling");
        assertThat(network.output().quantization()).isEmpty();
    }

    @Test
    void globalPoolingsGoThroughNumbers() {
        Network network = graph.node("GlobalAveragePool", "i", "p")
                .codes("p", "q", 0.01f, 128)
                .convInCodes("q", "y")
                .read();
        assertThat(Graphs.kinds(network))
                .containsExactly("Converting", "Converting", "Pooling", "Converting", "Convolution");
        Step pooling = network.steps().get(2);
        assertThat(pooling.inputs().get(0).quantization()).isEmpty();
        assertThat(pooling.output().quantization()).isEmpty();
        assertThat(network.steps().get(3).output().quantization()).contains(new Quantization(0.01f, 128, false));
    }

    @Test
    void averagesThatCountPaddingAsZeroGoThroughNumbers() {
        assertThat(graph.node(
                                "AveragePool",
                                "i",
                                "p",
                                OnnxParts.numbers("kernel_shape", 3, 3),
                                OnnxParts.numbers("pads", 1, 1, 1, 1),
                                OnnxParts.number("count_include_pad", 1))
                        .codes("p", "q", 0.1f, 128)
                        .convInCodes("q", "y")
                        .kinds())
                .containsExactly("Converting", "Converting", "Pooling", "Converting", "Convolution");
    }

    @Test
    void convolutionsMakeWhatAConcatenationWants() {
        Quantization all = new Quantization(0.3f, 100, false);
        Network network = graph.convInCodes("i", "c")
                .codes("c", "d", 0.2f, 110)
                .node("Concat", "d i", "e", OnnxParts.number("axis", 1))
                .codes("e", "f", 0.3f, 100)
                .node("MaxPool", "f", "g", OnnxParts.numbers("kernel_shape", 1, 1))
                .codes("g", "y", 0.3f, 100)
                .read();
        assertThat(maker(network, "c").output().quantization()).contains(all);
        Step concatenation = maker(network, "e");
        assertThat(concatenation.inputs())
                .allMatch(input -> input.quantization().equals(Optional.of(all)));
    }

    @Test
    void aConvolutionThatOthersUseTooKeepsItsOwnCodes() {
        Network network = graph.convInCodes("i", "c")
                .codes("c", "d", 0.2f, 110)
                .node("Concat", "d i", "e", OnnxParts.number("axis", 1))
                .codes("e", "f", 0.3f, 100)
                .node("MaxPool", "d", "p", OnnxParts.numbers("kernel_shape", 1, 1))
                .node("Concat", "f p", "y", OnnxParts.number("axis", 1))
                .read();
        assertThat(maker(network, "c").output().quantization()).contains(new Quantization(0.2f, 110, false));
    }

    @Test
    void sumsStayInCodesIfAllIs() {
        Network network = graph.codes("x", "j", 0.2f, 100)
                .node("Add", "i j", "s")
                .codes("s", "t", 0.3f, 120)
                .convInCodes("t", "y")
                .read();
        assertThat(Graphs.kinds(network)).containsExactly("Converting", "Converting", "Arithmetic", "Convolution");
    }

    @Test
    void productsGoThroughNumbers() {
        assertThat(graph.node("Mul", "i i", "s")
                        .codes("s", "t", 0.3f, 120)
                        .convInCodes("t", "y")
                        .kinds())
                .containsExactly("Converting", "Converting", "Arithmetic", "Converting", "Convolution");
    }

    @Test
    void aConvolutionWithoutCodesForWeightsGoesThroughNumbers() {
        Network network = graph.conv("i", "c")
                .codes("c", "d", 0.1f, 3)
                .convInCodes("d", "y")
                .read();
        assertThat(Graphs.kinds(network))
                .containsExactly("Converting", "Converting", "Convolution", "Converting", "Convolution");
    }

    @Test
    void aProductOfNumbersIsQuantizedAfterwards() {
        graph.file().tensor(OnnxParts.random("w", 1, 3, 4));
        assertThat(graph.node("GlobalAveragePool", "x", "p")
                        .node("Flatten", "p", "f")
                        .node("Gemm", "f w", "g", OnnxParts.number("transB", 1))
                        .codes("g", "y", 0.1f, 3)
                        .kinds())
                .endsWith("FullyConnected", "Converting");
    }

    @Test
    void aValueUnderTwoNamesIsNumbersForWhoWantsNumbers() {
        Network network = graph.node("Relu", "x", "r")
                .node("Identity", "r", "s")
                .codes("s", "t", 1, 0)
                .node("Concat", "r t", "y", OnnxParts.number("axis", 1))
                .read();
        assertThat(maker(network, "r").output().quantization()).isEmpty();
    }
}
