package org.elasticvision.convert.onnx.pass;

import java.nio.file.Path;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.pass.SmallGraph.Conv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DropUnusedTest {
    private static final Conv CONV = new Conv(8, 8, 1);

    @TempDir
    Path folder;

    @Test
    void wholeChainsGoWithTheirWeights() {
        SmallGraph small = new SmallGraph();
        String used = small.conv("used", "x", CONV);
        small.relu("end", small.conv("dead2", small.conv("dead1", used, CONV), CONV));
        small.relu("y", used);
        small.rewrite(new DropUnused(), folder);
        assertThat(small.graph().nodes()).extracting(Node::name).containsExactly("used", "last");
        assertThat(small.graph().initializers()).extracting(Initializer::name).containsExactly("used.weight");
    }

    @Test
    void nothingThatTheOutputDependsOn() {
        SmallGraph small = new SmallGraph();
        String conv = small.conv("conv", "x", CONV.biased());
        small.add("y", small.relu("relu", conv), conv);
        small.keep(new DropUnused(), folder);
    }
}
