package org.elasticvision.convert.onnx.pass;

import java.nio.file.Path;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.SmallGraph.Conv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PoolBeforeConvTest {
    private static final Conv POINTWISE = new Conv(8, 4, 1);

    @TempDir
    Path folder;

    @Test
    void poolsFirst() {
        SmallGraph small = new SmallGraph(4, 3, 3);
        small.averagePool("y", small.conv("conv", "x", POINTWISE), 2);
        small.rewrite(new PoolBeforeConv(), folder);
        assertThat(small.graph().nodes()).extracting(Node::op).containsExactly(OpType.AVERAGE_POOL, OpType.CONV);
    }

    @Test
    void aBiasStaysWhatItIs() {
        SmallGraph small = new SmallGraph(4, 3, 3);
        small.averagePool("y", small.conv("conv", "x", POINTWISE.biased().groups(2)), 2);
        small.rewrite(new PoolBeforeConv(), folder);
        assertThat(small.graph().nodes()).extracting(Node::op).containsExactly(OpType.AVERAGE_POOL, OpType.CONV);
    }

    @Test
    void inTheMiddleOfAGraph() {
        SmallGraph small = new SmallGraph(4, 3, 3);
        String input = small.relu("before", "x");
        small.relu("y", small.averagePool("pool", small.conv("conv", input, POINTWISE), 2));
        small.rewrite(new PoolBeforeConv(), folder);
        assertThat(small.graph().nodes()).extracting(Node::name).containsExactly("before", "pool", "conv", "last");
    }

    @Test
    void notBeforeAConvolutionThatIsUsedElsewhere() {
        SmallGraph small = new SmallGraph(4, 6, 6);
        String conv = small.conv("conv", "x", POINTWISE);
        small.add("y", small.upsample("up", small.averagePool("pool", conv, 2)), conv);
        small.keep(new PoolBeforeConv(), folder);
    }

    @Test
    void notBeforeAConvolutionThatIsTheOutput() {
        SmallGraph small = new SmallGraph(4, 6, 6);
        small.averagePool("pool", small.conv("y", "x", POINTWISE), 2);
        small.keep(new PoolBeforeConv(), folder);
    }

    @Test
    void notBeforeAConvolutionThatSeesNeighbours() {
        SmallGraph small = new SmallGraph(4, 3, 3);
        small.averagePool("y", small.conv("conv", "x", new Conv(8, 4, 3)), 2);
        small.keep(new PoolBeforeConv(), folder);
    }

    @Test
    void notBeforeAConvolutionThatStrides() {
        SmallGraph small = new SmallGraph(4, 1, 1);
        small.averagePool("y", small.conv("conv", "x", POINTWISE.stride(2)), 2);
        small.keep(new PoolBeforeConv(), folder);
    }

    @Test
    void notThroughARelu() {
        SmallGraph small = new SmallGraph(4, 3, 3);
        small.averagePool("y", small.relu("relu", small.conv("conv", "x", POINTWISE)), 2);
        small.keep(new PoolBeforeConv(), folder);
    }
}
