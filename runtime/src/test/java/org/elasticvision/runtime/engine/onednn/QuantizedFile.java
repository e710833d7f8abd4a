package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;

/** A small network with quantize/dequantize pairs; node by node. */
final class QuantizedFile {
    private static final float WEIGHT = 0.0015f;

    private final OnnxFile file;

    QuantizedFile(int channels, int height, int width) {
        file = Duel.image(channels, height, width);
    }

    OnnxFile file() {
        return file;
    }

    QuantizedFile node(NodeProto node) {
        file.node(node);
        return this;
    }

    QuantizedFile node(String operator, String inputs, String output, AttributeProto... attributes) {
        return node(OnnxParts.node(operator, inputs, output, attributes));
    }

    /** Quantizes and dequantizes a value. */
    QuantizedFile codes(String from, String to, double scale, int zero, boolean signed) {
        file.tensor(OnnxParts.scalar(to + "_scale", (float) scale))
                .tensor(OnnxParts.code(to + "_zero", signed, zero))
                .node(OnnxParts.node("QuantizeLinear", from + " " + to + "_scale " + to + "_zero", to + "_codes"))
                .node(OnnxParts.node("DequantizeLinear", to + "_codes " + to + "_scale " + to + "_zero", to));
        return this;
    }

    QuantizedFile unsigned(String from, String to, double scale, int zero) {
        return codes(from, to, scale, zero, false);
    }

    QuantizedFile signed(String from, String to, double scale, int zero) {
        return codes(from, to, scale, zero, true);
    }

    /** A convolution with 8-bit weights, a scale per channel, and a 32-bit bias. */
    QuantizedFile conv(
            String from, String to, int groups, int inputs, int outputs, int kernel, AttributeProto... more) {
        List<AttributeProto> attributes = new ArrayList<>(List.of(more));
        attributes.add(OnnxParts.number("group", groups));
        float[] scales = scales(outputs);
        int[] bias = new int[outputs];
        for (int i = 0; i < outputs; i++) {
            bias[i] = 10 * (i % 7 - 3);
        }
        float[] biasScales = new float[outputs];
        Arrays.fill(biasScales, 0.01f);
        file.tensor(OnnxParts.randomCodes(to + "_w", outputs, inputs / groups, kernel, kernel))
                .tensor(OnnxParts.floats(to + "_ws", scales, outputs))
                .tensor(OnnxParts.codes(to + "_wz", true, new byte[outputs], outputs))
                .tensor(OnnxParts.ints(to + "_b", bias))
                .tensor(OnnxParts.floats(to + "_bs", biasScales, outputs))
                .nodes(
                        OnnxParts.node(
                                "DequantizeLinear",
                                to + "_w " + to + "_ws " + to + "_wz",
                                to + "_weights",
                                OnnxParts.number("axis", 0)),
                        OnnxParts.node(
                                "DequantizeLinear", to + "_b " + to + "_bs", to + "_bias", OnnxParts.number("axis", 0)),
                        OnnxParts.node(
                                "Conv",
                                from + " " + to + "_weights " + to + "_bias",
                                to,
                                attributes.toArray(AttributeProto[]::new)));
        return this;
    }

    private static float[] scales(int count) {
        float[] scales = new float[count];
        for (int i = 0; i < count; i++) {
            scales[i] = WEIGHT * (1 + i % 3);
        }
        return scales;
    }

    /** A product with 8-bit weights and a float32 bias. */
    QuantizedFile gemm(String from, String to, int inputs, int outputs) {
        file.tensor(OnnxParts.randomCodes(to + "_w", outputs, inputs))
                .tensor(OnnxParts.floats(to + "_ws", scales(outputs), outputs))
                .tensor(OnnxParts.random(to + "_b", 1, outputs))
                .nodes(
                        OnnxParts.node(
                                "DequantizeLinear",
                                to + "_w " + to + "_ws",
                                to + "_weights",
                                OnnxParts.number("axis", 0)),
                        OnnxParts.node(
                                "Gemm", from + " " + to + "_weights " + to + "_b", to, OnnxParts.number("transB", 1)));
        return this;
    }
}
