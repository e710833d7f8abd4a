package org.elasticvision.runtime.explain.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.io.TemporaryFolder;
import org.elasticvision.runtime.onnx.ModelContent;

/**
 * A copy of an ONNX file that gives out values from inside its graph. Nothing of the file is rewritten: what is appended is a second
 * {@code graph} field of the model (field 7 of {@code ModelProto}) that holds only outputs, and protobuf's rule for a message that is
 * written in parts is that the parts are merged, lists one after the other (Protocol Buffers, Encoding, "Last One Wins"). An engine infers the
 * types, and must keep the values, as they are outputs. The name of the copy is its own, so no cache takes it for the model.
 */
public final class ObservedCopy {
    private static final int GRAPH = (7 << 3) | 2;
    private static final int OUTPUT = (12 << 3) | 2;
    private static final int NAME = (1 << 3) | 2;
    private static final int SEVEN_BITS = 0x7f;

    private ObservedCopy() {}

    /**
     * Copies a model. Weights in files of their own (external data) come along, as links where the file system has them.
     *
     * @param model the file
     * @param values the names of values in its graph; none of them is an output already
     * @param folder gets the copy
     * @return the copy
     * @throws ElasticVisionException where there is no room
     */
    static Path write(Path model, List<String> values, TemporaryFolder folder) {
        List<Path> files = ModelContent.files(model);
        Path copy = folder.resolve("observed.onnx");
        try {
            Files.copy(model, copy);
            Files.write(copy, graphOf(values), StandardOpenOption.APPEND);
            Path beside = model.toAbsolutePath().getParent();
            for (Path weights : files.subList(1, files.size())) {
                bring(weights, folder.path().resolve(beside.relativize(weights.toAbsolutePath())));
            }
            return copy;
        } catch (IOException e) {
            throw TemporaryFolder.unusable(e);
        }
    }

    /**
     * Opens such a copy.
     *
     * @param model the file, which messages name
     * @param values the names of values in its graph; none of them is an output already
     * @param folder keeps the copy as long as it is open
     * @param options how it is opened
     * @return the open copy; its outputs are the model's own and behind them the values
     * @throws ModelException where it cannot be run
     * @throws ElasticVisionException where there is no room
     */
    public static Probe open(Path model, List<String> values, TemporaryFolder folder, EngineOptions options) {
        Path copy = write(model, values, folder);
        try {
            return Probe.open(copy, options);
        } catch (ModelException e) {
            throw new ModelException(e.getMessage().replace(copy.toString(), model.toString()), e);
        }
    }

    private static void bring(Path weights, Path place) throws IOException {
        Files.createDirectories(place.getParent());
        try {
            Files.createLink(place, weights.toRealPath());
        } catch (IOException | UnsupportedOperationException e) { // another file system
            Files.copy(weights, place);
        }
    }

    /** The bytes to append: a graph with outputs that have a name and no type. */
    static byte[] graphOf(List<String> values) {
        ByteArrayOutputStream outputs = new ByteArrayOutputStream();
        for (String value : values) {
            ByteArrayOutputStream info = new ByteArrayOutputStream();
            field(info, NAME, value.getBytes(StandardCharsets.UTF_8));
            field(outputs, OUTPUT, info.toByteArray());
        }
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        field(graph, GRAPH, outputs.toByteArray());
        return graph.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int tag, byte[] content) {
        varint(out, tag);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void varint(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest > SEVEN_BITS) {
            out.write((rest & SEVEN_BITS) | (SEVEN_BITS + 1));
            rest >>>= 7;
        }
        out.write(rest);
    }
}
