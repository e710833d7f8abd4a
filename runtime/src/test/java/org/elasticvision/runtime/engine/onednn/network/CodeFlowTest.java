package org.elasticvision.runtime.engine.onednn.network;

import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.engine.OnnxParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    private Graphs concatenationOfTwo() {
        return graph.convInCodes("i", "c")
                .codes("c", "d", 0.2f, 110)
                .node("Relu", "d", "r")
                .node("Concat", "d i", "e", OnnxParts.number("axis", 1))
                .codes("e", "f", 0.3f, 100);
    }

    @Test
    void partsKeepTheirCodesWhereNormalisationsUseThem() {
        graph.file().tensor(OnnxParts.random("w", 3, 3, 8, 1, 1));
        Network network = concatenationOfTwo()
                .normalized("f", "n", 8)
                .codes("n", "m", 0.1f, 99)
                .node("Conv", "m w", "y")
                .read();
        Step concatenation = maker(network, "e");
        assertThat(concatenation.inputs())
                .extracting(input -> input.quantization().orElseThrow())
                .containsExactly(new Quantization(0.2f, 110, false), INPUT);
        Step.Normalization normalization = (Step.Normalization) maker(network, "n");
        float factor = (float) (1 / Math.sqrt(1 + 1e-5));
        assertThat(normalization.scale()[0]).isCloseTo(factor * 0.2f, within(1e-6f));
        assertThat(normalization.scale()[4] / normalization.scale()[0])
                .isCloseTo(0.5f * 5 / (float) Math.sqrt(5), within(1e-4f));
        assertThat(normalization.shift()[0]).isCloseTo(1 - factor - factor * 0.2f * 110, within(1e-4f));
    }

    @Test
    void partsAreConvertedWhereAConvolutionUsesThem() {
        graph.file().tensor(OnnxParts.random("w", 3, 3, 8, 1, 1));
        Network network = concatenationOfTwo().node("Conv", "f w", "y").read();
        assertThat(maker(network, "e").inputs())
                .allMatch(input -> input.quantization().equals(Optional.of(new Quantization(0.3f, 100, false))));
    }

    @Test
    void aConcatenationThatBeginsAsAnEarlierOneTakesItsResult() {
        Network network = graph.node("Relu", "x", "r")
                .node("Concat", "x r", "a", OnnxParts.number("axis", 1))
                .node("Sigmoid", "x", "s")
                .node("Concat", "x r s a", "b", OnnxParts.number("axis", 1))
                .node("Concat", "r x", "c", OnnxParts.number("axis", 1))
                .node("Concat", "a b c", "y", OnnxParts.number("axis", 1))
                .read();
        assertThat(maker(network, "b").inputs()).extracting(Value::name).containsExactly("a", "s", "a");
        assertThat(maker(network, "c").inputs()).extracting(Value::name).containsExactly("r", "x");
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
