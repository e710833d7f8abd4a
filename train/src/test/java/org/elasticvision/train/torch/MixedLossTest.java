package org.elasticvision.train.torch;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.torch.tensor.Loss;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** PyTorch's cross entropy of probabilities of classes, by make_mixing.py: with label smoothing and weights of classes. */
@SuppressWarnings("ArrayRecordComponent") // read from a file, never compared
class MixedLossTest {
    private static final double EXACT = 1e-14;
    private static final int CLASSES = 5;

    private record Figures(double[] logits, List<Case> losses) {}

    private record Case(
            float[] target,
            @SerializedName("label_smoothing") double labelSmoothing,
            @SerializedName("class_weights") List<Double> classWeights,
            double loss,
            double[] gradient) {}

    @Test
    void isPyTorchs() throws IOException {
        Figures torch;
        try (InputStream in =
                MixedLossTest.class.getResourceAsStream("/org/elasticvision/train/data/mixing/losses.json")) {
            torch = new Gson().fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8), Figures.class);
        }
        assertThat(torch.losses()).hasSize(8);
        long images = torch.logits().length / CLASSES;
        for (Case expected : torch.losses()) {
            Target target = new Target.ClassProbabilities(expected.target(), CLASSES);
            try (Tensor logits = Tensors.of(torch.logits(), List.of(images, (long) CLASSES), Stores.FLOAT64)
                            .requires_grad_(true);
                    Tensor truth = Loss.tensor(target, Stores.FLOAT64);
                    Tensor loss =
                            new Loss(expected.labelSmoothing(), expected.classWeights()).loss(target, logits, truth)) {
                loss.backward();
                assertThat(loss.item_double()).isEqualTo(expected.loss(), within(EXACT));
                assertThat(Tensors.toDoubles(logits.grad())).containsExactly(expected.gradient(), within(EXACT));
            }
        }
    }
}
