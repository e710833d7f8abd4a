package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.Optional;
import org.elasticvision.runtime.engine.onednn.network.Quantization;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.onnx.OnnxNode;
import org.elasticvision.runtime.onnx.OnnxType;

/** Numbers to codes of 8 bits, and back. */
final class CodeNodes {
    private final Reading reading;

    CodeNodes(Reading reading) {
        this.reading = reading;
    }

    private Quantization quantization(OnnxNode node) {
        float[] scale = reading.constants().input(node, 1).orElseThrow(() -> node.refusal("has no scale"));
        String zeroName = node.input(2).orElse("");
        Optional<OnnxType> type = zeroName.isEmpty()
                ? Optional.empty()
                : Optional.of(reading.constants().tensor(node, 2).type());
        boolean signed = type.equals(Optional.of(OnnxType.INT8));
        if ((!signed && type.orElse(OnnxType.UINT8) != OnnxType.UINT8)
                || (type.isEmpty() && node.number("output_dtype", 0) != 0)) {
            throw node.refusal("has codes that are not of type int8 or uint8, as its zero point says");
        }
        float[] zero = reading.constants().input(node, 2).orElse(new float[1]);
        if (scale.length != 1 || zero.length != 1 || !(scale[0] > 0) || scale[0] > Float.MAX_VALUE) {
            throw node.refusal("does not have one scale above 0 and one zero point for all of an image");
        }
        return new Quantization(scale[0], (int) zero[0], signed);
    }

    /** A value that nobody wants as numbers is in codes from the start. */
    void quantize(OnnxNode node) {
        Optional<Padding> padding = reading.padding(node);
        if (padding.isPresent() && padding.get().image().quantization().equals(Optional.of(quantization(node)))) {
            reading.putPaddingInCodes(node, padding.get());
            return;
        }
        Value value = reading.value(node, 0);
        Quantization how = quantization(node);
        if (reading.isOnlyUser(node)
                && value
                        != reading.named(reading.graph().inputs().get(0).name()).orElseThrow()
                && value.quantization().isEmpty()) {
            value.quantize(how);
            reading.putCodes(node, value);
            return;
        }
        Value quantized = new Value(node.output(), value.shape());
        quantized.quantize(how);
        reading.putCodes(node, quantized);
        reading.add(new Step.Converting(value, quantized));
    }

    void dequantize(OnnxNode node) {
        Optional<Padding> padding = reading.paddingInCodes(node);
        if (padding.isPresent()) {
            reading.putPadding(node, padding.get());
            return;
        }
        Value value =
                reading.inCodes(node).orElseThrow(() -> node.refusal("is given something that was not quantized"));
        if (!value.quantization().equals(Optional.of(quantization(node)))) {
            throw node.refusal("has another scale or zero point than what quantized its input");
        }
        reading.put(node, value);
    }
}
