package org.elasticvision.convert.onnx.pass;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Channels;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.SmallGraph.Conv;
import org.elasticvision.convert.onnx.pass.int8.NormAsConv;
import org.elasticvision.convert.onnx.pass.int8.NormAsScale;
import org.elasticvision.convert.onnx.pass.int8.PoolAsConv;
import org.elasticvision.convert.onnx.pass.int8.ResizeAsExpand;
import org.elasticvision.convert.onnx.pass.int8.WidenGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The passes that bring a graph into the form that is fast in int8 leave its answers as they are. */
class QuantizablePassesTest {
    @TempDir
    Path folder;

    @Test
    void anAveragePoolingBecomesAConvolution() {
        SmallGraph small = new SmallGraph(8, 3, 3);
        small.averagePool("y", small.relu("relu", "x"), 2);
        small.rewrite(new PoolAsConv(), folder);
        assertThat(small.graph().nodes()).extracting(Node::op).containsExactly(OpType.RELU, OpType.CONV);
        Node conv = small.graph().nodes(OpType.CONV).get(0);
        assertThat(conv.name()).isEqualTo(SmallGraph.LAST);
        assertThat(conv.integer("group", 1)).isEqualTo(SmallGraph.CHANNELS);
    }

    @Test
    void poolingsOfOneWidthShareTheirWeights() {
        SmallGraph small = new SmallGraph(8, 2, 2);
        String one = small.averagePool("one", "x", 3);
        String other = small.averagePool("other", small.relu("relu", "x"), 3);
        small.add("y", one, other);
        small.rewrite(new PoolAsConv(), folder);
        assertThat(small.graph().initializers()).hasSize(1);
    }

    @Test
    void aPoolingOfSinglePixelsStays() {
        SmallGraph small = new SmallGraph(8, 6, 6);
        small.averagePool("y", "x", 1);
        small.keep(new PoolAsConv(), folder);
    }

    @Test
    void aNormalisationBecomesAConvolution() {
        SmallGraph small = new SmallGraph(16, 6, 6);
        small.relu("y", small.norm("norm", small.concat("concat", "x", small.relu("relu", "x")), 16));
        small.rewrite(new NormAsConv(), folder);
        assertThat(small.graph().nodes(OpType.BATCH_NORMALIZATION)).isEmpty();
        assertThat(small.graph().initializers()).hasSize(2);
    }

    @Test
    void aNormalisationBecomesAProductAndASum() {
        SmallGraph small = new SmallGraph(16, 6, 6);
        small.relu("y", small.norm("norm", small.concat("concat", "x", small.relu("relu", "x")), 16));
        small.rewrite(new NormAsScale(), folder);
        assertThat(small.graph().nodes())
                .extracting(Node::op)
                .containsExactly(OpType.RELU, OpType.CONCAT, OpType.MUL, OpType.ADD, OpType.RELU);
        assertThat(small.graph().initializers())
                .extracting(Initializer::name)
                .containsExactlyInAnyOrder("norm.scale", "norm.shift");
    }

    @Test
    void aNormalisationGetsNeutralStatistics() {
        SmallGraph small = new SmallGraph(8, 6, 6);
        small.relu("y", small.norm("norm", "x", 8));
        small.rewrite(new NeutraliseBatchNorm(), folder);
        Node norm = small.graph().nodes(OpType.BATCH_NORMALIZATION).get(0);
        assertThat(norm.attributes()).containsEntry("epsilon", 0f);
        assertThat(small.graph().weights(norm.inputs().get(3)).read()).containsOnly(0);
        assertThat(small.graph().weights(norm.inputs().get(4)).read()).containsOnly(1);
    }

    /** 8 channels in groups of 2 or 4 to 8; 64 to 64 in groups of 4 become groups of 16. */
    @ParameterizedTest
    @CsvSource({"8, 8, 4, 1", "8, 16, 2, 1", "64, 64, 16, 4", "48, 24, 12, 3", "40, 40, 10, 2"})
    void narrowGroupsAreJoined(int in, int out, int groups, int joined) {
        SmallGraph small = new SmallGraph(out, 6, 6);
        String wide = small.conv("wide", "x", new Conv(8, in, 1));
        small.conv("y", wide, new Conv(in, out, 3).groups(groups).biased());
        small.rewrite(new WidenGroups(), folder);
        Node conv = small.graph().nodes(OpType.CONV).get(1);
        assertThat(conv.integer("group", 1)).isEqualTo(joined);
        assertThat(small.graph().weights(conv.inputs().get(1)).shape())
                .containsExactly((long) out, (long) in / joined, 3L, 3L);
        assertThat(small.graph().initializers()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32})
    void groupsThatAreWideOrOfOneChannelStay(int groups) {
        SmallGraph small = new SmallGraph(32, 6, 6);
        String wide = small.conv("wide", "x", new Conv(8, 32, 1));
        small.conv("y", wide, new Conv(32, 32, 3).groups(groups));
        small.keep(new WidenGroups(), folder);
    }

    /** As an ASPP head has it: what repeats the pixel takes the Resize's place, and nothing is left of its scales. */
    @ParameterizedTest
    @CsvSource({"false, 5, 7", "true, 5, 7", "false, 6, 1", "true, 1, 6"})
    void aPixelIsRepeated(boolean bySizes, long height, long width) {
        SmallGraph small = new SmallGraph(4, (int) height, (int) width);
        String pixel = small.node(OpType.GLOBAL_AVERAGE_POOL, "pixel", Map.of(), "x");
        String seen = small.relu("relu", small.conv("conv", pixel, new Conv(8, 4, 1).biased()));
        resize(small, "y", seen, bySizes, height, width);
        small.rewrite(new ResizeAsExpand(), folder);
        Node last = small.graph().producer("y").orElseThrow();
        assertThat(last.op()).isEqualTo(OpType.EXPAND);
        assertThat(last.name()).isEqualTo(SmallGraph.LAST);
        assertThat(small.graph().initializers())
                .extracting(Initializer::name)
                .containsExactlyInAnyOrder("conv.weight", "conv.bias", "pixels_" + height + "_" + width);
    }

    /** Of more than a pixel, or of one that a kernel has looked around; a kernel of 3 has zeros in sight. */
    @ParameterizedTest
    @ValueSource(strings = {"input", "pool", "kernel"})
    void whatIsNotMadeOfAPixelAloneIsInterpolated(String from) {
        SmallGraph small = new SmallGraph(8, 12, 12);
        String value =
                switch (from) {
                    case "input" -> small.relu("relu", "x");
                    case "pool" -> small.averagePool("pool", "x", 2);
                    default ->
                        small.conv(
                                "conv",
                                small.node(OpType.GLOBAL_AVERAGE_POOL, "pixel", Map.of(), "x"),
                                new Conv(8, 8, 3));
                };
        resize(small, "y", value, true, 12, 12);
        small.keep(new ResizeAsExpand(), folder);
    }

    /** To a height and width, which for scales is those of one pixel. */
    private static void resize(SmallGraph small, String name, String input, boolean bySizes, long height, long width) {
        Map<String, Object> attributes = Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel");
        if (bySizes) {
            long channels = new Channels(small.graph()).of(input);
            small.graph().put(new Initializer.Longs("sizes", List.of(1L, channels, height, width)));
            small.node(OpType.RESIZE, name, attributes, input, "", "", "sizes");
        } else {
            small.graph().put(new Initializer.Floats("scales", List.of(4L), () -> new float[] {1, 1, height, width}));
            small.node(OpType.RESIZE, name, attributes, input, "", "scales");
        }
    }

    @Test
    void channelsAreCounted() {
        SmallGraph small = new SmallGraph(24, 3, 3);
        String conv = small.conv("conv", "x", new Conv(8, 16, 1));
        String concat = small.concat("concat", conv, small.relu("relu", "x"));
        small.averagePool("y", small.norm("norm", concat, 24), 2);
        Channels channels = new Channels(small.graph());
        assertThat(channels.of("x")).isEqualTo(8);
        assertThat(channels.of(conv)).isEqualTo(16);
        assertThat(channels.of("y")).isEqualTo(24);
    }
}
