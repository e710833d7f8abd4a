package org.elasticvision.train.torch;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.family.resnet.TorchvisionResNets;
import org.elasticvision.convert.zoo.family.resnet.TorchvisionResNets.Figures;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.tensor.TensorPlace;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Our ResNets, run by LibTorch in double precision, answer what torchvision's do. */
class ResNetInTorchTest {
    private static final TensorPlace PLACE =
            TensorPlace.of(TorchOptions.defaults().withPrecision(TrainingPrecision.FLOAT64));

    static List<Figures> torchvision() {
        return TorchvisionResNets.all();
    }

    @ParameterizedTest
    @MethodSource("torchvision")
    void answersAsTorchvision(Figures figures) {
        Network network = figures.network();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TensorStore store = TensorStore.of(network.tensors(), new SyntheticWeights(network), PLACE)) {
            Tensor image = Tensors.of(PublishedModels.input(224), List.of(1L, 3L, 224L, 224L), PLACE);
            double[] logits = Tensors.toDoubles(network.forward(TorchOps.evaluation(store), image));
            assertThat(logits).hasSameSizeAs(figures.logits());
            for (int i = 0; i < logits.length; i++) {
                assertThat(logits[i])
                        .as("logit %d", i)
                        .isEqualTo(figures.logits().get(i), within(1e-10 * figures.largest()));
            }
        }
    }
}
