package org.elasticvision.train.torch.quantized;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.elasticvision.convert.compare.Agreement;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.calibration.CalibrationRun;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.convert.quantize.qdq.Int8Places;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.convert.quantize.qdq.QuantizedGraph;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.tensor.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A network in fake quantization computes what the Q/DQ model of the same weights and scales says, node by node. */
class QuantizedNetworkTest {
    private static final int CLASSES = 4;
    private static final int IMAGES = 2;

    /** Rounding in another order moves a code now and then; a pair in another place moves all. */
    private static final double SAME = 36;

    @TempDir
    private Path folder;

    private Task task;
    private int side;
    private OnnxModel model;
    private Graph prepared;
    private Batch batch;
    private Calibration calibration;

    private void open(String architecture, Task kind, int size) {
        if (architecture.equals("all operators")) {
            AllOperators all = new AllOperators(CLASSES);
            open(all, all.weights(), kind, size);
        } else {
            Network network = Architecture.of(architecture).network(kind, CLASSES);
            open(network, new Initialization(network, 1), kind, size);
        }
    }

    private void open(Network network, Weights weights, Task kind, int size) {
        task = kind;
        side = size;
        OnnxExporter.Options options =
                new OnnxExporter.Options(side, side, BatchDimension.DYNAMIC, Opset.DEFAULT, true);
        Graph graph = OnnxExporter.export("network", task, network, weights, options);
        model = new OnnxModel(graph, Opset.DEFAULT, Map.of());
        Random random = new Random(5);
        float[] pixels = new float[3 * side * side];
        FloatBuffer images = ByteBuffer.allocateDirect(IMAGES * pixels.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        try (CalibrationRun run = CalibrationRun.open(model, Preprocessing.published(task, side, side))) {
            for (int image = 0; image < IMAGES; image++) {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (float) random.nextGaussian();
                }
                images.put(pixels);
                run.add(pixels, "noise");
            }
            calibration = run.result();
        }
        batch = new Batch(images.rewind(), side, side, new Target.Classes(new int[IMAGES]));
    }

    @ParameterizedTest
    @CsvSource({
        "resnext_tiny_elastic, CLASSIFICATION, 32, CPU, PAIR_SAFE",
        "resnext_tiny_elastic, SEGMENTATION, 33, CPU, FULL",
        "resnext_tiny_elastic, SEGMENTATION, 32, TENSORRT, FULL",
        "all operators, CLASSIFICATION, 17, CPU, PAIR_SAFE",
        "all operators, CLASSIFICATION, 17, CPU, SEVEN_BITS",
        "all operators, CLASSIFICATION, 17, TENSORRT, FULL",
        "all operators, CLASSIFICATION, 17, TENSORRT, PAIR_SAFE"
    })
    void computesWhatTheModelOfTheSameScalesComputes(
            String architecture, Task kind, int size, Int8Target target, Int8Weights form) {
        open(architecture, kind, size);
        QuantizationOptions options = QuantizationOptions.of(target).withWeights(form);
        Function<String, ActivationScale> scales = value -> Quantization.scale(value, calibration, options);
        QuantizedGraph quantized = quantize(options, scales);
        Path file = folder.resolve("int8.onnx");
        new OnnxModel(quantized.graph(), model.opset(), Map.of()).write(file);
        float[] expected = literally(file);
        Int8Places places = Int8Places.of(prepared, target, node -> false);
        double same = signalToNoise(expected, answer(places, options, scales));
        assertThat(same).isGreaterThan(SAME);

        Int8Places nowhere = Int8Places.of(prepared, target, node -> true);
        assertThat(signalToNoise(expected, answer(nowhere, options, scales)))
                .as("without the pairs")
                .isLessThan(same - 3);
    }

    @Test
    void learnsScalesAndWeightsThatTheModelThenHas() {
        open("all operators", Task.CLASSIFICATION, 17);
        QuantizationOptions options = QuantizationOptions.of(Int8Target.CPU);
        Function<String, ActivationScale> scales = value -> Quantization.scale(value, calibration, options);
        quantize(options, scales);
        Int8Places places = Int8Places.of(prepared, Int8Target.CPU, node -> false);
        try (QuantizedTrainer trainer = new QuantizedTrainer(
                model, places, options, scales, new Loss(0, List.of()), 1, TorchOptions.defaults())) {
            LearnedNetwork before = trainer.learned();
            double first = trainer.accumulate(batch).loss();
            for (int i = 0; i < 10; i++) {
                trainer.update(1e-2, 1e-2);
                trainer.accumulate(batch);
            }
            trainer.update(1e-2, 1e-2);
            LearnedNetwork after = trainer.learned();
            assertThat(trainer.answer(batch).loss()).isLessThan(first);
            assertThat(before.weights().keySet())
                    .contains("first.weight", "classifier.bias", "alone.weight")
                    .doesNotContain("larger.weight", "alone.running_mean");
            before.weights()
                    .forEach((name, values) ->
                            assertThat(after.weights().get(name)).as(name).isNotEqualTo(values));
            before.scales().forEach((value, scale) -> {
                assertThat(scale).as(value).isEqualTo(scales.apply(value));
                assertThat(after.scales().get(value).scale()).as(value).isNotEqualTo(scale.scale());
                assertThat(after.scales().get(value).zeroPoint()).as(value).isEqualTo(scale.zeroPoint());
            });

            float[] expected = trainer.logits(batch);
            trainer.restore(before);
            assertThat(signalToNoise(expected, trainer.logits(batch))).isLessThan(SAME);
            model = after.into(model);
            Path file = folder.resolve("learned.onnx");
            new OnnxModel(quantize(options, after.scales()::get).graph(), model.opset(), Map.of()).write(file);
            assertThat(signalToNoise(literally(file), expected)).isGreaterThan(SAME);
        }
    }

    private QuantizedGraph quantize(QuantizationOptions options, Function<String, ActivationScale> scales) {
        Path file = folder.resolve("fp32.onnx");
        model.write(file);
        prepared = OnnxModel.read(file).graph();
        QuantizedGraph.prepare(prepared, options.target());
        return QuantizedGraph.withScales(prepared, options.target(), options.weights(), node -> false, scales);
    }

    private float[] answer(Int8Places places, QuantizationOptions options, Function<String, ActivationScale> scales) {
        try (QuantizedTrainer trainer = new QuantizedTrainer(
                model, places, options, scales, new Loss(0, List.of()), 1, TorchOptions.defaults())) {
            return trainer.logits(batch);
        }
    }

    /** ONNX Runtime as the file says: pairs are computed one by one, none is fused with what is between them. */
    private float[] literally(Path file) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = environment.createSession(file.toString(), options);
                    OnnxTensor image = OnnxTensor.createTensor(
                            environment, batch.images().duplicate().rewind(), new long[] {IMAGES, 3, side, side});
                    OrtSession.Result result = session.run(Map.of(OnnxExporter.INPUT, image))) {
                FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] values = new float[output.remaining()];
                output.get(values);
                return values;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double signalToNoise(float[] expected, float[] actual) {
        Agreement agreement = new Agreement();
        agreement.add(expected, actual, CLASSES);
        return agreement.signalToNoise();
    }

    @Test
    void anOperatorOfNoFp32ModelIsRefused() {
        open("resnext_tiny_elastic", Task.CLASSIFICATION, 32);
        Graph graph = model.graph();
        Node last = graph.producer(OnnxExporter.OUTPUT).orElseThrow();
        graph.remove(last);
        graph.put(new Initializer.Longs("shape", List.of(1L, 1L)));
        graph.add(last.withOutput("before"));
        graph.add(Node.of(OpType.EXPAND, "widened", List.of("before", "shape"), Map.of())
                .withOutput(OnnxExporter.OUTPUT));
        QuantizationOptions options = QuantizationOptions.of(Int8Target.TENSORRT);
        Function<String, ActivationScale> scales = value -> new ActivationScale(1, 0, true);
        Int8Places places = Int8Places.of(graph, Int8Target.TENSORRT, node -> false);
        assertThatThrownBy(() -> answer(places, options, scales))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage(
                        "widened: Expand is an operator that fp32 models of 'elastic convert' and 'elastic train' do not have;"
                                + " export the network again");
    }
}
