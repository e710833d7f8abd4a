package org.elasticvision.convert.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.network.InputSizeException;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExportedGraphTest {
    static List<Figures> published() {
        return PublishedModels.all();
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyValueIsMadeBeforeItIsUsedAndEveryWeightIsUsed(Figures figures) {
        Graph graph = export(figures, true);
        Set<String> known = new HashSet<>(Set.of("", OnnxExporter.INPUT));
        graph.initializers().forEach(initializer -> known.add(initializer.name()));
        Set<String> used = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Node node : graph.nodes()) {
            assertThat(known).as(node.name()).containsAll(node.inputs());
            assertThat(known.add(node.output())).as(node.output()).isTrue();
            assertThat(names.add(node.name())).as(node.name()).isTrue();
            used.addAll(node.inputs());
        }
        assertThat(known).contains(OnnxExporter.OUTPUT);
        assertThat(used)
                .containsAll(
                        graph.initializers().stream().map(Initializer::name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("published")
    void onlyNormalisationsOfConcatenationsAreLeft(Figures figures) {
        Graph graph = export(figures, true);
        List<Node> norms = graph.nodes(OpType.BATCH_NORMALIZATION);
        if (!figures.arch().startsWith("densenet")) {
            assertThat(norms).isEmpty();
        }
        for (Node norm : norms) {
            Node producer = graph.producer(norm.inputs().get(0)).orElseThrow();
            assertThat(producer.op())
                    .as(norm.name())
                    .isIn(OpType.CONCAT, OpType.MAX_POOL, OpType.CONV, OpType.AVERAGE_POOL);
        }
    }

    @Test
    void aBlockWithoutElasticIsTheOrdinaryResNeXtBlock() {
        Graph graph = export(PublishedModels.figures("resnext50"), true);
        // 1 stem + 16 blocks of 3 + 4 shortcuts, as in every ResNet-50
        assertThat(graph.nodes(OpType.CONV)).hasSize(53);
        assertThat(graph.nodes(OpType.ADD)).hasSize(16);
        assertThat(graph.weights("layer1.0.conv1.weight").shape()).containsExactly(128L, 64L, 1L, 1L);
        assertThat(graph.weights("layer1.0.conv2.weight").shape()).containsExactly(128L, 4L, 3L, 3L);
        assertThat(graph.weights("layer1.0.conv3.weight").shape()).containsExactly(256L, 128L, 1L, 1L);
        assertThat(graph.producer("layer1.0.conv2").orElseThrow().integer("group", 1))
                .isEqualTo(32);
    }

    @Test
    void elasticBlocksKeepTheirTwoResolutions() {
        Graph graph = export(PublishedModels.figures("resnext50_elastic"), true);
        // layers 1 to 3 have 6 + 8 + 5 blocks; the first of layers 2 and 3 strides instead
        assertThat(graph.nodes(OpType.RESIZE)).hasSize(17);
        assertThat(graph.nodes(OpType.AVERAGE_POOL)).hasSize(17);
        assertThat(graph.nodes(OpType.PAD)).isEmpty();
        assertThat(graph.nodes(OpType.SLICE)).isEmpty();
    }

    @Test
    void oddSizesArePaddedAndCut() {
        Graph graph = export(
                PublishedModels.figures("resnext50_elastic"), true, 225, 321, BatchDimension.DYNAMIC, Opset.DEFAULT);
        assertThat(graph.nodes(OpType.PAD)).isNotEmpty();
        assertThat(graph.nodes(OpType.SLICE)).hasSameSizeAs(graph.nodes(OpType.PAD));
    }

    @Test
    void transitionsPoolBeforeTheirConvolution() {
        Graph graph = export(PublishedModels.figures("densenet201"), true);
        Node conv = graph.producer("features.transition1.conv").orElseThrow();
        assertThat(conv.op()).isEqualTo(OpType.CONV);
        assertThat(graph.producer(conv.inputs().get(0)).orElseThrow().op()).isEqualTo(OpType.AVERAGE_POOL);
        Graph literal = export(PublishedModels.figures("densenet201"), false);
        Node pool = literal.producer("features.transition1.avg_pool").orElseThrow();
        assertThat(literal.producer(pool.inputs().get(0)).orElseThrow().name()).isEqualTo("features.transition1.conv");
    }

    @Test
    void deadWeightsAreLeftOutUnlessTheNetworkIsWrittenLiterally() {
        String dead = "level3.tree1.project.0.weight";
        Figures figures = PublishedModels.figures("dla102x");
        assertThat(initializers(export(figures, true))).doesNotContain(dead);
        assertThat(initializers(export(figures, false))).contains(dead);
        assertThat(initializers(export(PublishedModels.figures("deeplab_dla60x_pascal_v3_original_epoch50"), true)))
                .doesNotContain("base.fc.weight");
    }

    @ParameterizedTest
    @CsvSource({"dla60x, 256, 224", "densenet201_elastic, 320, 320"})
    void classifiersThatEndInAFixedPoolingTake224Only(String name, int height, int width) {
        assertThatThrownBy(() -> export(
                        PublishedModels.figures(name), true, height, width, BatchDimension.DYNAMIC, Opset.DEFAULT))
                .isInstanceOf(InputSizeException.class)
                .hasMessageContaining("224x224")
                .hasMessageContaining(height + "x" + width);
    }

    @Test
    void dlaSegmentationTakesOddSizesOnly() {
        Figures figures = PublishedModels.figures("deeplab_dla60x_pascal_v3_original_epoch50");
        assertThatThrownBy(() -> export(figures, true, 320, 257, BatchDimension.DYNAMIC, Opset.DEFAULT))
                .isInstanceOf(InputSizeException.class)
                .hasMessageContaining("use 321x257");
    }

    /** Sizes would name the batch's too, as before opset 18 they are of all dimensions. */
    @Test
    void anOldOpsetResizesAnUnknownBatchByScales() {
        Figures figures = PublishedModels.figures("deeplab_resnext50_pascal_v3_original_epoch50");
        Graph graph = export(figures, true, 65, 65, BatchDimension.DYNAMIC, new Opset(17));
        assertThat(graph.nodes(OpType.RESIZE))
                .isNotEmpty()
                .allMatch(node -> node.inputs().get(2).startsWith("scales_"))
                .allMatch(node -> node.inputs().size() == 3);
    }

    @Test
    void anyNumberOfClassesCanBeBuilt() {
        Network network = Architecture.of("se_resnext50_elastic").network(Task.CLASSIFICATION, 3);
        assertThat(network.tensors().get(network.tensors().size() - 1).shape()).containsExactly(3L);
    }

    private static Set<String> initializers(Graph graph) {
        return graph.initializers().stream().map(Initializer::name).collect(Collectors.toSet());
    }

    private static Graph export(Figures figures, boolean optimize) {
        int size = ReleasedModel.publishedInputSize(figures.model().task());
        return export(figures, optimize, size, size, BatchDimension.DYNAMIC, Opset.DEFAULT);
    }

    private static Graph export(
            Figures figures, boolean optimize, int height, int width, BatchDimension batch, Opset opset) {
        return OnnxExporter.export(
                figures.name(),
                figures.model().task(),
                figures.model().network(),
                new SyntheticWeights(figures),
                new OnnxExporter.Options(height, width, batch, opset, optimize));
    }
}
