package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.engine.OnnxFile;

import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.random;
import static org.elasticvision.runtime.engine.OnnxParts.real;

/** Adds layers with random weights to the networks of tests. */
final class Layers {
    private Layers() {}

    /** A convolution with a bias; its weights are named after its output. */
    static OnnxFile conv(
            OnnxFile file,
            String from,
            String to,
            int groups,
            int inputs,
            int outputs,
            int kernel,
            AttributeProto... more) {
        List<AttributeProto> attributes = new ArrayList<>(List.of(more));
        attributes.add(number("group", groups));
        return file.tensor(random("w " + to, 0.3, outputs, inputs / groups, kernel, kernel))
                .tensor(random("b " + to, 1, outputs))
                .node(node("Conv", "", to, attributes.toArray(AttributeProto[]::new)).toBuilder()
                        .addAllInput(List.of(from, "w " + to, "b " + to))
                        .build());
    }

    /** A batch normalisation. */
    static OnnxFile normalized(OnnxFile file, String from, String to, int channels) {
        float[] variances = new float[channels];
        for (int i = 0; i < channels; i++) {
            variances[i] = 0.2f + i;
        }
        return file.tensor(random("s" + to, 1, channels))
                .tensor(random("t" + to, 1, channels))
                .tensor(random("m" + to, 1, channels))
                .tensor(floats("v" + to, variances, channels))
                .node(node(
                        "BatchNormalization",
                        String.join(" ", from, "s" + to, "t" + to, "m" + to, "v" + to),
                        to,
                        real("epsilon", 0.01f)));
    }
}
