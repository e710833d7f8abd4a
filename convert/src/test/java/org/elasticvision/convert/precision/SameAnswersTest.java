package org.elasticvision.convert.precision;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An image is answered the same to the bit whatever is beside it in a batch, at whatever place, on one thread or two. {@code
 * ci/same-answers.sh} asks full-size networks.
 */
class SameAnswersTest {
    private static final int BATCH = 8;

    @TempDir
    Path folder;

    static Stream<Arguments> tasksAndEngines() {
        return Stream.of(Task.values()).flatMap(task -> Stream.of(Provider.CPU, Provider.ONEDNN)
                .map(provider -> Arguments.of(task, provider)));
    }

    @ParameterizedTest
    @MethodSource("tasksAndEngines")
    void inFloat32(Task task, Provider provider) {
        answersAlike(model(task), provider);
    }

    @ParameterizedTest
    @MethodSource("tasksAndEngines")
    void inInt8(Task task, Provider provider) throws IOException {
        Path int8 = folder.resolve("int8.onnx");
        Quantization quantization = Quantization.of(model(task));
        quantization.write(
                int8,
                quantization.calibrate(Pictures.sources(folder, 1), picture -> {}),
                QuantizationOptions.of(Int8Target.CPU));
        answersAlike(int8, provider);
    }

    /** With many classes: kernels for products of matrices change with the number of rows where these are long. */
    private Path model(Task task) {
        return TinyModel.write(folder.resolve("model.onnx"), task, task == Task.SEGMENTATION ? 21 : 1000);
    }

    private static void answersAlike(Path model, Provider provider) {
        float[] alone = null;
        for (int threads = 1; threads <= 2; threads++) {
            EngineOptions options = new EngineOptions(1).withProvider(provider).withThreads(threads);
            try (Engine engine = Engine.open(model, options)) {
                float[] image = image(engine, 0);
                if (alone == null) {
                    alone = answers(engine, List.of(image)).get(0);
                }
                assertThat(answers(engine, List.of(image)).get(0))
                        .as("alone on %d threads", threads)
                        .isEqualTo(alone);
                for (int place = 0; place < BATCH; place++) {
                    List<float[]> batch = new ArrayList<>();
                    for (int i = 0; i < BATCH; i++) {
                        batch.add(i == place ? image : image(engine, 1 + i));
                    }
                    assertThat(answers(engine, batch).get(place))
                            .as("at place %d of a batch on %d threads", place, threads)
                            .isEqualTo(alone);
                }
            }
        }
    }

    private static float[] image(Engine engine, int seed) {
        Random random = new Random(seed);
        float[] values = new float[engine.inputShape().itemElements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static List<float[]> answers(Engine engine, List<float[]> images) {
        FloatBuffer in =
                DirectBuffers.floats(images.size() * engine.inputShape().itemElements());
        images.forEach(in::put);
        in.rewind();
        int outputs = engine.outputShape().itemElements();
        FloatBuffer out = DirectBuffers.floats(images.size() * outputs);
        engine.run(in, out, images.size());
        List<float[]> answers = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            float[] values = new float[outputs];
            out.get(i * outputs, values);
            answers.add(values);
        }
        return answers;
    }
}
