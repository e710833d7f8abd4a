package org.elasticvision.convert.onnx.pass;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.SmallGraph.Conv;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FoldBatchNormTest {
    private static final Conv CONV = new Conv(8, 8, 3);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void intoOneConvolutionOfAnyNumberOfGroups(int groups) {
        SmallGraph small = new SmallGraph();
        small.norm("y", small.conv("conv", "x", CONV.groups(groups)), 8);
        small.rewrite(new FoldBatchNorm(), folder);
        assertThat(small.graph().nodes()).hasSize(1);
    }

    @Test
    void intoAConvolutionThatHasABias() {
        SmallGraph small = new SmallGraph();
        small.norm("y", small.conv("conv", "x", CONV.biased()), 8);
        small.rewrite(new FoldBatchNorm(), folder);
        assertThat(small.graph().nodes()).hasSize(1);
    }

    @Test
    void intoAllThatAreSummedTheShiftOnce() {
        SmallGraph small = new SmallGraph();
        String half = small.averagePool("pool", "x", 2);
        String low = small.slice("crop", small.upsample("up", small.conv("low", half, CONV.biased())), 2, 6);
        String sum = small.add("sum", small.conv("high", "x", CONV), low);
        small.norm("y", small.add("sum3", sum, small.conv("third", "x", CONV)), 8);
        small.rewrite(new FoldBatchNorm(), folder);
        assertThat(small.graph().nodes(OpType.BATCH_NORMALIZATION)).isEmpty();
        assertThat(small.graph().producer("third").orElseThrow().inputs()).hasSize(2);
    }

    @Test
    void aNormalisationThatIsUsedTwice() {
        SmallGraph small = new SmallGraph();
        String norm = small.norm("norm", small.conv("conv", "x", CONV), 8);
        small.add("y", norm, small.relu("relu", norm));
        small.rewrite(new FoldBatchNorm(), folder);
        assertThat(small.graph().nodes(OpType.BATCH_NORMALIZATION)).isEmpty();
    }

    @Test
    void notIntoAConvolutionThatIsUsedElsewhere() {
        SmallGraph small = new SmallGraph();
        String conv = small.conv("conv", "x", CONV);
        small.add("y", small.norm("norm", conv, 8), conv);
        small.keep(new FoldBatchNorm(), folder);
    }

    @Test
    void notIntoOneOfTwoNormalisationsOfAConvolution() {
        SmallGraph small = new SmallGraph();
        String conv = small.conv("conv", "x", CONV);
        small.add("y", small.norm("norm1", conv, 8), small.norm("norm2", conv, 8));
        small.keep(new FoldBatchNorm(), folder);
    }

    @Test
    void notIntoAConvolutionThatIsTheOutput() {
        SmallGraph small = new SmallGraph();
        small.norm("norm", small.conv("y", "x", CONV), 8);
        small.keep(new FoldBatchNorm(), folder);
    }

    @Test
    void notIntoASumOfAConvolutionWithItself() {
        SmallGraph small = new SmallGraph();
        String conv = small.conv("conv", "x", CONV);
        small.norm("y", small.add("twice", conv, conv), 8);
        small.keep(new FoldBatchNorm(), folder);
    }

    @Test
    void notIntoASumWithSomethingElse() {
        SmallGraph small = new SmallGraph();
        small.norm("y", small.add("shortcut", small.conv("conv", "x", CONV), "x"), 8);
        small.keep(new FoldBatchNorm(), folder);
    }

    @Test
    void notThroughARelu() {
        SmallGraph small = new SmallGraph();
        small.norm("y", small.relu("relu", small.conv("conv", "x", CONV)), 8);
        small.keep(new FoldBatchNorm(), folder);
    }

    @Test
    void notIntoAConcatenation() {
        SmallGraph small = new SmallGraph(16, 6, 6);
        small.norm("y", small.concat("concat", small.conv("conv", "x", CONV), "x"), 16);
        small.keep(new FoldBatchNorm(), folder);
    }

    @Test
    void notThroughACutOfChannels() {
        SmallGraph small = new SmallGraph(4, 6, 6);
        small.norm("y", small.slice("cut", small.conv("conv", "x", CONV), 1, 4), 4);
        small.keep(new FoldBatchNorm(), folder);
    }

    @Test
    void aScaleThatIsNotANumberIsRefusedByName() {
        SmallGraph small = new SmallGraph();
        small.norm("y", small.conv("conv", "x", CONV), 8);
        float[] variance = {1, 1, 1, -1, 1, 1, 1, 1};
        small.graph().put(new Initializer.Floats("y.running_var", List.of(8L), variance::clone));
        assertThatThrownBy(() -> new FoldBatchNorm().run(small.graph()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("last multiplies channel 3 by NaN")
                .hasMessageContaining("use another one");
    }
}
