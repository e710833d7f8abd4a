package org.elasticvision.runtime.engine.onednn.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.onednn.network.reading.NetworkReader;
import org.elasticvision.runtime.onnx.OnnxGraph;

/** Networks of a few nodes from {@code x}, of 4 channels and 6 by 6 pixels, to {@code y}. */
final class Graphs {
    private final OnnxFile file =
            new OnnxFile().input("x", TensorShape.ANY, 4, 6, 6).output("y").opset(18);
    private final Path folder;

    Graphs(Path folder) {
        this.folder = folder;
    }

    OnnxFile file() {
        return file;
    }

    Graphs node(String operator, String inputs, String output, AttributeProto... attributes) {
        file.node(OnnxParts.node(operator, inputs, output, attributes));
        return this;
    }

    /** A convolution of one pixel to 4 channels. */
    Graphs conv(String from, String to) {
        file.tensor(OnnxParts.random("w " + to, 1, 4, 4, 1, 1))
                .tensor(OnnxParts.random("b " + to, 1, 4))
                .node(OnnxParts.node("Conv", "", to).toBuilder()
                        .addAllInput(List.of(from, "w " + to, "b " + to))
                        .build());
        return this;
    }

    /** The same with 8-bit weights. */
    Graphs convInCodes(String from, String to) {
        file.tensor(OnnxParts.randomCodes(to + "_c", 4, 4, 1, 1))
                .tensor(OnnxParts.scalar(to + "_s", 0.5f))
                .nodes(
                        OnnxParts.node("DequantizeLinear", to + "_c " + to + "_s", to + "_w"),
                        OnnxParts.node("Conv", from + " " + to + "_w", to));
        return this;
    }

    Graphs codes(String from, String to, float scale, int zero) {
        file.tensor(OnnxParts.scalar(to + "_scale", scale))
                .tensor(OnnxParts.code(to + "_zero", false, zero))
                .nodes(
                        OnnxParts.node("QuantizeLinear", from + " " + to + "_scale " + to + "_zero", to + "_q"),
                        OnnxParts.node("DequantizeLinear", to + "_q " + to + "_scale " + to + "_zero", to));
        return this;
    }

    Graphs normalized(String from, String to) {
        return normalized(from, to, 4);
    }

    /** Scales, shifts, means and variances are 1, 2, 3 and so on. */
    Graphs normalized(String from, String to, int channels) {
        float[] numbers = new float[channels];
        for (int i = 0; i < channels; i++) {
            numbers[i] = i + 1;
        }
        for (String part : List.of("s", "t", "m", "v")) {
            file.tensor(OnnxParts.floats(part + "_" + to, numbers, channels));
        }
        return node("BatchNormalization", String.format("%s s_%2$s t_%2$s m_%2$s v_%2$s", from, to), to);
    }

    Network read() {
        return NetworkReader.read(OnnxGraph.read(file.write(folder.resolve("m.onnx"))));
    }

    /** The kinds of the steps, in their order. */
    List<String> kinds() {
        return kinds(read());
    }

    static List<String> kinds(Network network) {
        return network.steps().stream()
                .map(step -> step.getClass().getSimpleName())
                .toList();
    }
}
