package org.elasticvision.train.torch;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.runtime.io.NpyArray;
import org.elasticvision.runtime.io.NpyFile;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Three steps of training in double precision leave the losses and weights that the published implementation leaves. */
class PublishedStepsTest {
    private static final double TOLERANCE = 1e-8;

    /** What was trained, and the losses before each step. */
    private record Case(
            String name,
            String task,
            String arch,
            int classes,
            @SerializedName("lr") double learningRate,
            double momentum,
            @SerializedName("weight_decay") double weightDecay,
            int steps,
            @SerializedName("losses_fp64") List<Double> losses) {}

    @ParameterizedTest
    @ValueSource(strings = "seg_dla60x_elastic")
    void threeStepsLeaveThePublishedWeights(String name) throws IOException {
        check(name);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cls_resnext50_elastic",
                "cls_se_resnext50_elastic",
                "cls_dla60x_elastic",
                "cls_densenet201_elastic",
                "ml_resnext50_elastic",
                "ml_dla60x",
                "seg_resnext50_elastic"
            })
    void threeStepsOfTheOthersToo(String name) throws IOException {
        check(name);
    }

    private static void check(String name) throws IOException {
        Case published;
        try (InputStream in = PublishedStepsTest.class.getResourceAsStream("steps/" + name + ".json")) {
            published = new Gson().fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8), Case.class);
        }
        Task task = Task.of(published.task());
        Network network = Architecture.of(published.arch()).network(task, published.classes());
        Figures figures = PublishedModels.figures(
                task == Task.SEGMENTATION
                        ? "deeplab_" + published.arch() + "_pascal_v3_original_epoch50"
                        : published.arch());
        Images images = images(name);
        NpyArray targets = array(name + ".y.npy");
        try (TensorStore store = TensorStore.of(
                        network.tensors(),
                        new SyntheticWeights(figures).resized(network.tensors()),
                        Precision.FLOAT64);
                Sgd sgd = new Sgd(store.parameters(), published.momentum(), published.weightDecay())) {
            TorchOps ops = new TorchOps(store, true);
            for (int step = 0; step < published.steps(); step++) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor x = Tensors.of(images.values(), images.shape(), Precision.FLOAT64);
                    Tensor loss = loss(task, network.forward(ops, x), targets);
                    double expected = published.losses().get(step);
                    assertThat(loss.item_double())
                            .as("loss before step %d", step)
                            .isEqualTo(expected, within(TOLERANCE * expected));
                    loss.backward();
                    sgd.step(published.learningRate());
                }
            }
            checkWeights(name, store);
        }
    }

    private static Tensor loss(Task task, Tensor output, NpyArray targets) {
        return switch (task) {
            case CLASSIFICATION ->
                torch.cross_entropy_loss(output, Tensors.of(targets.toLongs(), longs(targets.shape())));
            case MULTI_LABEL -> {
                Tensor y = Tensors.of(targets.toDoubles(), longs(targets.shape()), Precision.FLOAT64);
                yield torch.binary_cross_entropy_with_logits(output, y).mul(new Scalar(80.0));
            }
            case SEGMENTATION -> {
                Tensor y = Tensors.of(targets.toLongs(), longs(targets.shape()));
                yield torch.cross_entropy_loss(output, y, new TensorOptional(), 1, 255, 0.0);
            }
        };
    }

    /** For each tensor: sum, Euclidean norm and first element. */
    private static void checkWeights(String name, TensorStore store) throws IOException {
        try (InputStream in = PublishedStepsTest.class.getResourceAsStream("steps/" + name + ".fp64.after.tsv.gz");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            assertThat(lines).hasSizeGreaterThan(100);
            for (String line : lines) {
                String[] fields = line.split("\t", -1);
                double[] values = store.toDoubles(fields[0]);
                double sum = 0;
                double squares = 0;
                for (double value : values) {
                    sum += value;
                    squares += value * value;
                }
                double norm = Double.parseDouble(fields[2]);
                // The sum of many values of both signs is known no better than their norm allows.
                double scale = TOLERANCE * Math.max(norm * Math.sqrt(values.length), 1e-6);
                assertThat(Math.sqrt(squares))
                        .as("norm of %s", fields[0])
                        .isEqualTo(norm, within(TOLERANCE * Math.max(norm, 1e-6)));
                assertThat(sum).as("sum of %s", fields[0]).isEqualTo(Double.parseDouble(fields[1]), within(scale));
                assertThat(values[0])
                        .as("first of %s", fields[0])
                        .isEqualTo(Double.parseDouble(fields[3]), within(TOLERANCE * Math.max(norm, 1e-6)));
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Images(float[] values, List<Long> shape) {}

    /** All images of a case; those of 224×224 pixels are a file each. */
    private static Images images(String name) throws IOException {
        if (PublishedStepsTest.class.getResource("steps/" + name + ".x.npy.gz") != null) {
            NpyArray images = array(name + ".x.npy");
            return new Images(images.toFloats(), longs(images.shape()));
        }
        NpyArray first = array(name + ".x0.npy");
        float[] values = Arrays.copyOf(first.toFloats(), 2 * first.size());
        float[] second = array(name + ".x1.npy").toFloats();
        System.arraycopy(second, 0, values, second.length, second.length);
        List<Long> one = longs(first.shape());
        return new Images(values, List.of(2L, one.get(1), one.get(2), one.get(3)));
    }

    private static NpyArray array(String file) throws IOException {
        try (InputStream in = PublishedStepsTest.class.getResourceAsStream("steps/" + file + ".gz");
                GZIPInputStream unzipped = new GZIPInputStream(in)) {
            return NpyFile.read(unzipped, file);
        }
    }

    private static List<Long> longs(List<Integer> shape) {
        return shape.stream().map(Integer::longValue).toList();
    }
}
