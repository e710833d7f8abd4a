package org.elasticvision.convert.onnx;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.elasticvision.convert.onnx.graph.Graph;

/**
 * What an ONNX file holds.
 *
 * @param graph the network
 * @param opset that its operators are of
 * @param metadata the entries of {@code metadata_props}, in order
 */
public record OnnxModel(Graph graph, Opset opset, Map<String, String> metadata) {
    /**
     * Reads a file that {@link #write} wrote, or another one that uses no more of ONNX. Weights are read when they are asked
     * for, so the file must stay as it is meanwhile.
     *
     * @param file the file
     * @return the model
     * @throws org.elasticvision.runtime.base.ModelException if it is missing or damaged, or uses more of ONNX than our
     *     networks do
     */
    public static OnnxModel read(Path file) {
        return OnnxReader.read(file);
    }

    /** {@return how many images it takes at once; empty where that is chosen at run time} */
    public OptionalInt fixedBatch() {
        String batch = graph.input().dimensions().get(0);
        return Character.isDigit(batch.charAt(0)) ? OptionalInt.of(Integer.parseInt(batch)) : OptionalInt.empty();
    }

    /**
     * Writes the file whole or not at all.
     *
     * @param file not the one that this was read from
     * @throws org.elasticvision.runtime.base.ElasticVisionException if it cannot be written
     */
    public void write(Path file) {
        OnnxWriter.write(file, graph, opset, metadata);
    }
}
