package org.elasticvision.train.torch;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.explain.ClassActivation;
import org.elasticvision.runtime.explain.Explainer;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.explain.HeatMap;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Explanations that ONNX Runtime computes of exported models are those that follow from the activations of the same networks in LibTorch, in
 * double precision.
 */
class ExplainerInTorchTest {
    private static final int CLASSES = 7;
    private static final double PRECISION = 1e-4;
    private static final float WEAK = 1 / 512f;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "resnext_tiny_elastic, classification, 64, false, 5",
        "resnext_tiny_elastic, classification, 64, true, 5",
        "resnext_tiny_elastic, multilabel, 60, true, 5",
        "resnext_tiny_elastic, segmentation, 65, false, 5",
        "resnext_tiny_elastic, segmentation, 65, true, 5",
        "dla60x_elastic, classification, 224, true, 11",
        "densenet201_elastic, multilabel, 224, true, 70",
    })
    void areThoseOfLibTorchsActivations(String architecture, String taskId, int size, boolean optimize, int blocks) {
        Task task = Task.of(taskId);
        Network network = Architecture.of(architecture).network(task, CLASSES);
        Weights weights = small(network);
        ModelInfo info = new ModelInfo(
                architecture,
                task,
                Labels.numbered(CLASSES),
                Preprocessing.published(task, size, size),
                "fp32",
                "none",
                "test");
        Path file = folder.resolve("model.onnx");
        OnnxExporter.Options options =
                new OnnxExporter.Options(size, size, BatchDimension.DYNAMIC, Opset.DEFAULT, optimize);
        new OnnxModel(OnnxExporter.export("test", task, network, weights, options), Opset.DEFAULT, info.toMetadata())
                .write(file);
        RgbImage picture = picture(size);
        try (Explainer explainer = Explainer.open(file);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TensorStore store = TensorStore.of(network.tensors(), weights, Stores.FLOAT64)) {
            Explanation explanation = explainer.explain(ImageSource.of(picture, "picture"));
            ActivationRecorder recorder = new ActivationRecorder(TorchOps.evaluation(store));
            Tensor image = Tensors.of(input(info, picture), List.of(1L, 3L, (long) size, (long) size), Stores.FLOAT64);
            double[] logits = Tensors.toDoubles(network.forward(recorder, image));
            assertThat(explainer.blocks()).hasSize(blocks).hasSize(recorder.enlarged());
            checkPolicy(explanation.policy().orElseThrow(), recorder);
            if (task == Task.SEGMENTATION) {
                checkUncertainty(explanation.uncertainty().orElseThrow(), logits);
                assertThat(explanation.activations()).isEmpty();
            } else {
                double[] table = Tensors.toDoubles(store.get(network.head().lastLayer() + ".weight"));
                double[] bias = Tensors.toDoubles(store.get(network.head().lastLayer() + ".bias"));
                assertThat(explainer
                                .explain(ImageSource.of(picture, "picture"), CLASSES - 1)
                                .activations())
                        .singleElement()
                        .satisfies(map -> checkMap(map, recorder.pooled(), table, bias, logits));
                explanation.activations().forEach(map -> checkMap(map, recorder.pooled(), table, bias, logits));
            }
        }
    }

    /** Made-up weights whose last layer is weak, so that probabilities are neither 0 nor 1. */
    private static Weights small(Network network) {
        SyntheticWeights weights = new SyntheticWeights(network);
        return name -> {
            float[] values = weights.read(name);
            if (name.startsWith(network.head().lastLayer() + ".")) {
                for (int i = 0; i < values.length; i++) {
                    values[i] *= WEAK;
                }
            }
            return values;
        };
    }

    private static void checkPolicy(ScalePolicy policy, ActivationRecorder recorder) {
        for (ScalePolicy.Block block : policy.blocks()) {
            double high = recorder.mean(block.name() + ".conv2");
            double low = recorder.mean(block.name() + ".conv2_d");
            double scale = Math.max(1, Math.max(Math.abs(high), Math.abs(low)));
            assertThat(block.high()).as(block.name()).isEqualTo(high, within(PRECISION * scale));
            assertThat(block.low()).as(block.name()).isEqualTo(low, within(PRECISION * scale));
            assertThat(block.score()).as(block.name()).isEqualTo(high - low, within(PRECISION * scale));
            assertThat(high).as(block.name()).isNotEqualTo(low);
        }
    }

    private static void checkMap(
            ClassActivation activation, double[] features, double[] weights, double[] bias, double[] logits) {
        HeatMap map = activation.map();
        int cells = map.width() * map.height();
        int channels = features.length / cells;
        int index = activation.score().index();
        float[] values = map.values();
        double scale = Math.max(1, Math.max(map.max(), -map.min()));
        for (int i = 0; i < cells; i++) {
            double sum = 0;
            for (int k = 0; k < channels; k++) {
                sum += weights[index * channels + k] * features[k * cells + i];
            }
            assertThat((double) values[i]).as("cell %d", i).isEqualTo(sum, within(PRECISION * scale));
        }
        assertThat(map.mean() + bias[index]).isEqualTo(logits[index], within(PRECISION * scale));
    }

    private static void checkUncertainty(HeatMap map, double[] logits) {
        int pixels = map.width() * map.height();
        float[] values = map.values();
        for (int i = 0; i < pixels; i += 13) {
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                sum += Math.exp(logits[c * pixels + i]);
            }
            double entropy = 0;
            for (int c = 0; c < CLASSES; c++) {
                double part = Math.exp(logits[c * pixels + i]) / sum;
                entropy -= part * Math.log(part);
            }
            assertThat((double) values[i]).as("pixel %d", i).isEqualTo(entropy / Math.log(CLASSES), within(PRECISION));
        }
        assertThat(map.mean()).isBetween(0.1, 0.9);
    }

    private static float[] input(ModelInfo info, RgbImage picture) {
        Preprocessor preprocessor = new Preprocessor(info.preprocessing());
        float[] values = new float[preprocessor.elementCount()];
        preprocessor.write(picture, FloatBuffer.wrap(values), 0);
        return values;
    }

    private static RgbImage picture(int size) {
        byte[] pixels = new byte[3 * size * size];
        new Random(4).nextBytes(pixels);
        return new RgbImage(size, size, pixels);
    }
}
