package org.elasticvision.runtime.engine.onednn;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.elasticvision.runtime.engine.Answers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.reading.NetworkReader;
import org.elasticvision.runtime.onnx.OnnxGraph;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A small network for both oneDNN and ONNX Runtime.
 *
 * @param name what it tries
 * @param graph from {@code x} to {@code y}, without its output; made anew by each call
 */
record Duel(String name, Supplier<OnnxFile> graph) {
    private static final float FP32 = 1e-5f;

    /** A network for images of this size, in batches of any. */
    static OnnxFile image(int channels, int height, int width) {
        return new OnnxFile()
                .input("x", TensorShape.ANY, channels, height, width)
                .opset(18);
    }

    /** Writes the network, with the shape of its output, which ONNX Runtime checks. */
    Path write(Path folder) {
        Path file = folder.resolve("m.onnx");
        Network network =
                NetworkReader.read(OnnxGraph.read(graph.get().output("y").write(file)));
        int[] item = network.output().shape();
        int[] shape = new int[item.length + 1];
        shape[0] = network.batch();
        System.arraycopy(item, 0, shape, 1, item.length);
        return graph.get().output("y", shape).write(file);
    }

    /** The same float32 numbers, but for the order of sums. */
    void assertSame(Path folder) {
        run(folder, (engine, reference, batch) -> Answers.assertNear(engine, reference, batch, FP32));
    }

    /** The same numbers within steps of the output's quantization. */
    void assertWithin(Path folder, float tolerance) {
        run(folder, (engine, reference, batch) -> Answers.assertSame(engine, reference, batch, tolerance));
    }

    private interface Comparing {
        void compare(Engine engine, Engine reference, int batch);
    }

    private void run(Path folder, Comparing comparing) {
        try {
            runBoth(folder, comparing);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    private void runBoth(Path folder, Comparing comparing) {
        Path file = write(folder);
        EngineOptions options = new EngineOptions(2);
        try (Engine engine = Engine.open(file, options.withProvider(Provider.ONEDNN));
                Engine reference = Engine.open(file, options.withProvider(Provider.CPU))) {
            assertThat(engine.inputShape()).isEqualTo(reference.inputShape());
            assertThat(engine.outputShape()).isEqualTo(reference.outputShape());
            int fixed = engine.inputShape().batch();
            for (int batch : fixed == TensorShape.ANY ? new int[] {1, 3} : new int[] {fixed}) {
                comparing.compare(engine, reference, batch);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
