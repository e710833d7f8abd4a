package org.elasticvision.runtime.engine.onednn.network;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.engine.OnnxParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FusionTest {
    @TempDir
    Path folder;

    private Graphs graph;

    @BeforeEach
    void begin() {
        graph = new Graphs(folder);
    }

    private static Step.Convolution last(Network network) {
        return (Step.Convolution) network.steps().get(network.steps().size() - 1);
    }

    @Test
    void aConvolutionTakesItsNormalisationAndActivation() {
        Network network =
                graph.conv("x", "c").normalized("c", "n").node("Relu", "n", "y").read();
        assertThat(Graphs.kinds(network)).containsExactly("Convolution");
        Step.Convolution convolution = last(network);
        assertThat(convolution.activation()).isEqualTo(Activation.RELU);
        assertThat(convolution.output()).isSameAs(network.output());
        for (int i = 0; i < 4; i++) {
            float number = i + 1; // scale, shift, mean and variance
            double factor = number / Math.sqrt(number + 1e-5);
            assertThat(convolution.weights().factors()[i]).isCloseTo((float) factor, within(1e-5f));
        }
    }

    @Test
    void theSumOfAConvolutionAndWhatIsThere() {
        Network network = graph.node("Sigmoid", "x", "s")
                .conv("s", "c")
                .node("Add", "c s", "a")
                .node("Relu", "a", "y")
                .read();
        assertThat(Graphs.kinds(network)).containsExactly("Activating", "Convolution");
        assertThat(last(network).added()).extracting(Value::name).containsExactly("s");
        assertThat(last(network).activation()).isEqualTo(Activation.RELU);
    }

    @Test
    void theLaterOfTwoConvolutionsTakesTheSum() {
        for (String order : List.of("c d", "d c")) {
            begin();
            Network network =
                    graph.conv("x", "c").conv("x", "d").node("Add", order, "y").read();
            assertThat(Graphs.kinds(network)).containsExactly("Convolution", "Convolution");
            assertThat(network.steps().get(0).output().name()).isEqualTo("c");
            assertThat(last(network).added()).extracting(Value::name).containsExactly("c");
        }
    }

    @Test
    void sumsOfSums() {
        Network network = graph.conv("x", "a")
                .conv("x", "b")
                .conv("x", "c")
                .node("Add", "a b", "s")
                .node("Add", "c s", "y")
                .read();
        assertThat(Graphs.kinds(network)).containsExactly("Convolution", "Convolution", "Convolution");
        assertThat(last(network).added()).extracting(Value::name).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void whatIsUsedTwiceStays() {
        assertThat(graph.conv("x", "c")
                        .node("Relu", "c", "r")
                        .node("Add", "r c", "y")
                        .kinds())
                .containsExactly("Convolution", "Activating", "Arithmetic");
    }

    @Test
    void aValueAddedToItselfStays() {
        assertThat(graph.conv("x", "c").node("Add", "c c", "y").kinds()).containsExactly("Convolution", "Arithmetic");
    }

    @Test
    void whatIsTheAnswerStays() {
        assertThat(graph.conv("x", "y").node("Relu", "y", "unused").kinds())
                .containsExactly("Convolution", "Activating");
    }

    @Test
    void nothingGoesBehindAnActivation() {
        assertThat(graph.conv("x", "c")
                        .node("Relu", "c", "r")
                        .normalized("r", "n")
                        .node("Sigmoid", "n", "y")
                        .kinds())
                .containsExactly("Convolution", "Normalization", "Activating");
        begin();
        assertThat(graph.conv("x", "c")
                        .node("Relu", "c", "r")
                        .node("Add", "r x", "y")
                        .kinds())
                .containsExactly("Convolution", "Arithmetic");
        begin();
        assertThat(graph.conv("x", "c")
                        .node("Add", "c x", "a")
                        .normalized("a", "y")
                        .kinds())
                .containsExactly("Convolution", "Normalization");
    }

    @Test
    void aSigmoidIsTakenByAPlainConvolutionOnly() {
        assertThat(graph.conv("x", "c").node("Sigmoid", "c", "y").kinds()).containsExactly("Convolution");
        begin();
        assertThat(graph.conv("x", "c")
                        .node("Add", "c x", "a")
                        .node("Sigmoid", "a", "y")
                        .kinds())
                .containsExactly("Convolution", "Activating");
        begin();
        assertThat(graph.normalized("x", "n").node("Sigmoid", "n", "y").kinds())
                .containsExactly("Normalization", "Activating");
        begin();
        assertThat(graph.node("Add", "x x", "a").node("Sigmoid", "a", "y").kinds())
                .containsExactly("Arithmetic", "Activating");
    }

    @Test
    void aSumOfAnImageAndAPixelStays() {
        assertThat(graph.conv("x", "c")
                        .node("GlobalAveragePool", "x", "p")
                        .node("Add", "c p", "y")
                        .kinds())
                .containsExactly("Convolution", "Pooling", "Arithmetic");
    }

    @Test
    void codesThatEndAtZeroDoWhatAReluDoes() {
        graph.convInCodes("x", "c").codes("c", "d", 0.1f, 0).node("Add", "d x", "s");
        assertThat(graph.codes("s", "y", 0.1f, 128).kinds()).contains("Arithmetic");
        begin();
        graph.convInCodes("x", "c").codes("c", "d", 0.1f, 128).node("Add", "d x", "s");
        assertThat(graph.codes("s", "y", 0.1f, 128).kinds()).doesNotContain("Arithmetic");
    }

    @Test
    void constantsAreWorkedOut() {
        graph.file()
                .tensor(OnnxParts.random("v", 1, 4, 4, 1, 1))
                .tensor(OnnxParts.scalar("two", 2))
                .tensor(OnnxParts.ints("ib", 10, 20, 30, 40))
                .tensor(OnnxParts.scalar("bs", 0.5f));
        Step.Convolution convolution = last(graph.node("Mul", "v two", "w")
                .node("Cast", "w", "w2", OnnxParts.number("to", 1))
                .node("DequantizeLinear", "ib bs", "b")
                .node("Conv", "x w2 b", "y")
                .read());
        assertThat(convolution.bias()).containsExactly(5, 10, 15, 20);
        Step.Convolution plain = last(new Graphs(folder).conv("x", "y").read());
        assertThat(convolution.weights().floats()).hasSize(plain.weights().floats().length);
        assertThat(convolution.weights().isQuantized()).isFalse();
    }
}
