package org.elasticvision.train.torch;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.tensor.TensorPlace;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every network, run by LibTorch in double precision, answers what the published implementation answers. */
class GoldenForwardTest {
    private static final TensorPlace PLACE =
            TensorPlace.of(TorchOptions.defaults().withPrecision(TrainingPrecision.FLOAT64));

    static List<Figures> classifiers() {
        return figures(false);
    }

    static List<Figures> segmentationNetworks() {
        return figures(true);
    }

    private static List<Figures> figures(boolean segmentation) {
        return PublishedModels.all().stream()
                .filter(figures -> figures.task().equals("segmentation") == segmentation)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void classifiersAnswerAsPublished(Figures figures) {
        check(figures);
    }

    /** Their published outputs were kept in float32, at every 16th pixel. */
    @ParameterizedTest
    @MethodSource("segmentationNetworks")
    void segmentationNetworksAnswerAsPublished(Figures figures) {
        Network network = figures.model().network();
        float[] expected =
                PublishedModels.golden(figures.name() + ".logits_every16").toFloats();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TensorStore store = TensorStore.of(network.tensors(), new SyntheticWeights(figures), PLACE)) {
            Tensor image = Tensors.of(PublishedModels.input(513), List.of(1L, 3L, 513L, 513L), PLACE);
            Tensor output = network.forward(TorchOps.evaluation(store), image);
            assertThat(output.size(2)).isEqualTo(513);
            float[] logits = Tensors.toFloats(output);
            int sampled = (513 + 15) / 16;
            int classes = logits.length / (513 * 513);
            assertThat(expected).hasSize(classes * sampled * sampled);
            float largest = 0;
            for (float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < expected.length; i++) {
                int row = i / sampled % sampled * 16;
                int column = i % sampled * 16;
                int at = i / (sampled * sampled) * 513 * 513 + row * 513 + column;
                assertThat(logits[at]).as("logit %d", i).isEqualTo(expected[i], within(1e-5f * largest));
            }
        }
    }

    private static void check(Figures figures) {
        Network network = figures.model().network();
        double[] expected = PublishedModels.golden(figures.name() + ".logits64").toDoubles();
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TensorStore store = TensorStore.of(network.tensors(), new SyntheticWeights(figures), PLACE)) {
            Tensor image = Tensors.of(PublishedModels.input(224), List.of(1L, 3L, 224L, 224L), PLACE);
            double[] logits = Tensors.toDoubles(network.forward(TorchOps.evaluation(store), image));
            assertThat(logits).hasSameSizeAs(expected);
            for (int i = 0; i < logits.length; i++) {
                assertThat(logits[i]).as("logit %d", i).isEqualTo(expected[i], within(1e-10 * largest));
            }
        }
    }
}
