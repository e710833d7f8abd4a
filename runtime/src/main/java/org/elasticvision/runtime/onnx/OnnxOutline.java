package org.elasticvision.runtime.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.elasticvision.runtime.engine.Tensor;

/**
 * What an ONNX file says besides its weights, read in a few milliseconds. The field numbers are those of {@code onnx.proto}.
 * For one thread.
 */
final class OnnxOutline {
    /** Subgraphs in subgraphs: no reader goes deeper. */
    private static final int DEEPEST = 100;

    private static final int EXTERNAL = 1;

    private final ProtobufFile in;
    private final SortedSet<String> weightFiles = new TreeSet<>();
    private boolean hasGraph;
    private int depth;

    private OnnxOutline(ProtobufFile in) {
        this.in = in;
    }

    /**
     * Reads a file.
     *
     * @return empty where it is not a whole ONNX file
     */
    static Optional<OnnxOutline> read(Path file) {
        try (ProtobufFile in = new ProtobufFile(file)) {
            OnnxOutline outline = new OnnxOutline(in);
            in.read(outline::model);
            return outline.hasGraph ? Optional.of(outline) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // who opens it says what is wrong with it
        }
    }

    /** Where weights lie that are not in the file itself (external data, to ONNX): paths from the file's folder, in order. */
    SortedSet<String> weightFiles() {
        return Collections.unmodifiableSortedSet(weightFiles);
    }

    private void model(int field, long end) throws IOException {
        switch (field) {
            case 7 -> {
                hasGraph = true;
                in.read(end, this::graph);
            }
            case 25 -> in.read(end, this::function);
            default -> {}
        }
    }

    private void graph(int field, long end) throws IOException {
        switch (field) {
            case 1 -> in.read(end, this::node);
            case 5 -> tensor(end);
            case 15 -> in.read(end, this::sparseTensor);
            default -> {}
        }
    }

    private void function(int field, long end) throws IOException {
        if (field == 7) {
            in.read(end, this::node);
        }
    }

    private void node(int field, long end) throws IOException {
        if (field == 5) {
            in.read(end, this::attribute);
        }
    }

    private void attribute(int field, long end) throws IOException {
        switch (field) {
            case 5, 10 -> tensor(end);
            case 6, 11 -> {
                if (++depth > DEEPEST) {
                    throw new IOException("subgraphs in more than " + DEEPEST + " subgraphs");
                }
                in.read(end, this::graph);
                depth--;
            }
            case 22, 23 -> in.read(end, this::sparseTensor);
            default -> {}
        }
    }

    private void sparseTensor(int field, long end) throws IOException {
        if (field == 1 || field == 2) {
            tensor(end);
        }
    }

    private void tensor(long end) throws IOException {
        Tensor tensor = new Tensor();
        in.read(end, tensor);
        if (tensor.external && !tensor.location.isEmpty()) {
            weightFiles.add(tensor.location);
        }
    }

    private final class Tensor implements ProtobufFile.Fields {
        private boolean external;
        private String location = "";

        @Override
        public void number(int field, long value) {
            external |= field == 14 && value == EXTERNAL;
        }

        @Override
        public void bytes(int field, long end) throws IOException {
            if (field == 13) {
                Entry entry = new Entry();
                in.read(end, entry);
                location = entry.key.equals("location") ? entry.value : location;
            }
        }
    }

    private final class Entry implements ProtobufFile.Fields {
        private String key = "";
        private String value = "";

        @Override
        public void bytes(int field, long end) throws IOException {
            switch (field) {
                case 1 -> key = in.text(end);
                case 2 -> value = in.text(end);
                default -> {}
            }
        }
    }
}
