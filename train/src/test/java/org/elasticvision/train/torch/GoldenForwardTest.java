package org.elasticvision.train.torch;

import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every classifier, run by LibTorch in double precision, answers what the published implementation answers. */
class GoldenForwardTest {
    private static final Set<String> ONE_OF_EACH_FAMILY =
            Set.of("se_resnext50_elastic", "dla60x_elastic", "densenet201_elastic");

    private static final TensorPlace PLACE =
            TensorPlace.of(TorchOptions.defaults().withPrecision(Precision.FLOAT64));

    static List<Figures> oneOfEachFamily() {
        return classifiers(true);
    }

    static List<Figures> theOthers() {
        return classifiers(false);
    }

    private static List<Figures> classifiers(boolean chosen) {
        return PublishedModels.all().stream()
                .filter(figures -> !figures.task().equals("segmentation"))
                .filter(figures -> ONE_OF_EACH_FAMILY.contains(figures.name()) == chosen)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("oneOfEachFamily")
    void answersAsPublished(Figures figures) {
        check(figures);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("theOthers")
    void theOthersToo(Figures figures) {
        check(figures);
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
            Tensor image =
                    Tensors.of(PublishedModels.golden("input_224").toFloats(), List.of(1L, 3L, 224L, 224L), PLACE);
            double[] logits = Tensors.toDoubles(network.forward(TorchOps.evaluation(store), image));
            assertThat(logits).hasSameSizeAs(expected);
            for (int i = 0; i < logits.length; i++) {
                assertThat(logits[i]).as("logit %d", i).isEqualTo(expected[i], within(1e-10 * largest));
            }
        }
    }
}
