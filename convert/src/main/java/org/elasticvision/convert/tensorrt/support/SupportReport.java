package org.elasticvision.convert.tensorrt.support;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether TensorRT takes a model.
 *
 * @param tensorRt the version that the table is of
 * @param operators how many nodes the model has, those of loop bodies and branches included
 * @param opset version of ONNX's operators
 * @param precision fp32, fp16, bf16, int8, int4, fp8 or fp4: the lowest that it computes in
 * @param refusals what TensorRT does not take
 * @param notes what is to be known besides
 */
public record SupportReport(
        String tensorRt, int operators, int opset, String precision, List<Refusal> refusals, List<String> notes) {
    public SupportReport {
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
    }

    /** {@return whether TensorRT would take the model} */
    public boolean isSupported() {
        return refusals.isEmpty();
    }

    /**
     * Human-readable: a line for each refusal, or one that says that there are none, and a line for each note.
     *
     * @return the lines
     */
    public List<String> lines() {
        String start = "TensorRT " + tensorRt + ": ";
        List<String> lines = new ArrayList<>();
        if (isSupported()) {
            lines.add(start + "supported (" + operators + (operators == 1 ? " operator" : " operators") + ", opset "
                    + opset + ", " + precision + ")");
        }
        refusals.forEach(refusal -> lines.add(start + "refused: " + refusal));
        notes.forEach(note -> lines.add(start + "note: " + note));
        return lines;
    }
}
