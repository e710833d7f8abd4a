package org.elasticvision.runtime.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;

/** Reads {@link OnnxGraph}. The field numbers are those of {@code onnx.proto}. For one thread and one file. */
final class OnnxGraphReader {
    /** A list of labels is one of these entries. */
    private static final int LONGEST_ENTRY = 64 << 20;

    /** Shapes, kernels and the like. */
    private static final int MOST_NUMBERS = 1 << 16;

    /** What a later version of ONNX means by its files and operators is not known yet. */
    private static final int NEWEST_IR = 13;

    private static final int NEWEST_OPSET = 26;

    private final Path file;
    private final ProtobufFile in;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, OnnxTensor> constants = new HashMap<>();
    private final List<OnnxInput> inputs = new ArrayList<>();
    private final List<OnnxInput> outputs = new ArrayList<>();
    private final Map<String, String> metadata = new HashMap<>();
    private long irVersion;
    private long opset;
    private boolean hasGraph;

    private OnnxGraphReader(Path file, ProtobufFile in) {
        this.file = file;
        this.in = in;
    }

    static OnnxGraph read(Path file) {
        try (ProtobufFile in = new ProtobufFile(file)) {
            OnnxGraphReader reader = new OnnxGraphReader(file, in);
            in.read(reader.new Model());
            if (!reader.hasGraph) {
                throw new IOException("it holds no graph");
            }
            reader.checkVersion();
            reader.requireNoCircle();
            return reader.graph();
        } catch (IOException e) {
            throw new ModelException(
                    file + " is not an ONNX model, or is damaged or cut off; convert or copy it again ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    private OnnxGraph graph() {
        inputs.removeIf(input -> constants.containsKey(input.name())); // files of old list their weights as inputs too
        return new OnnxGraph(nodes, constants, inputs, outputs, opset, metadata);
    }

    /** Who follows values from node to node comes to an end. */
    private void requireNoCircle() throws IOException {
        Map<String, List<Integer>> makers = new HashMap<>(); // one each in sound files
        List<List<Integer>> takers = new ArrayList<>();
        for (OnnxNode node : nodes) {
            node.outputs().forEach(output -> makers.computeIfAbsent(output, name -> new ArrayList<>())
                    .add(takers.size()));
            takers.add(new ArrayList<>());
        }
        makers.remove(""); // an output that nobody needs has no name, and an input that is left out neither
        int[] missing = new int[nodes.size()];
        Deque<Integer> ready = new ArrayDeque<>();
        for (int node = 0; node < missing.length; node++) {
            for (String input : nodes.get(node).inputs()) {
                for (int maker : makers.getOrDefault(input, List.of())) {
                    missing[node]++;
                    takers.get(maker).add(node);
                }
            }
            if (missing[node] == 0) {
                ready.add(node);
            }
        }
        int done = 0;
        for (; !ready.isEmpty(); done++) {
            for (int taker : takers.get(ready.remove())) {
                if (--missing[taker] == 0) {
                    ready.add(taker);
                }
            }
        }
        if (done < missing.length) {
            throw new IOException("its nodes need one another in a circle");
        }
    }

    private void checkVersion() {
        if (irVersion > NEWEST_IR || opset > NEWEST_OPSET) {
            throw new ModelException(
                    file + " was written for a newer ONNX (IR version " + irVersion + ", opset " + opset
                            + ") than is known here (" + NEWEST_IR + ", " + NEWEST_OPSET
                            + "); save it for an older one, or use --provider cpu");
        }
    }

    private final class Model implements ProtobufFile.Fields {
        @Override
        public void number(int field, long value) {
            irVersion = field == 1 ? value : irVersion;
        }

        @Override
        public void bytes(int field, long end) throws IOException {
            switch (field) {
                case 7 -> {
                    hasGraph = true;
                    in.read(end, OnnxGraphReader.this::graph);
                }
                case 8 -> operatorSet(end);
                case 14 -> entry(end);
                default -> {}
            }
        }
    }

    private void operatorSet(long end) throws IOException {
        OperatorSet set = new OperatorSet();
        in.read(end, set);
        if (set.domain.isEmpty() || set.domain.equals("ai.onnx")) {
            opset = set.version;
        }
    }

    private void entry(long end) throws IOException {
        Entry entry = new Entry(LONGEST_ENTRY);
        in.read(end, entry);
        metadata.put(entry.key, entry.value);
    }

    private void graph(int field, long end) throws IOException {
        switch (field) {
            case 1 -> {
                Node node = new Node();
                in.read(end, node);
                nodes.add(node.made());
            }
            case 5 -> {
                OnnxTensor tensor = tensor(end);
                if (constants.put(tensor.name(), tensor) != null) {
                    throw new IOException("it has two tensors named '" + tensor.name() + "'");
                }
            }
            case 11 -> inputs.add(input(end));
            case 12 -> outputs.add(input(end));
            case 15 -> throw new IOException("it has sparse weights");
            default -> {}
        }
    }

    private OnnxTensor tensor(long end) throws IOException {
        TensorFields tensor = new TensorFields(in, file);
        in.read(end, tensor);
        return tensor.made();
    }

    private OnnxInput input(long end) throws IOException {
        InputFields input = new InputFields(in);
        in.read(end, input);
        return input.made();
    }

    private final class OperatorSet implements ProtobufFile.Fields {
        private String domain = "";
        private long version;

        @Override
        public void number(int field, long value) {
            version = field == 2 ? value : version;
        }

        @Override
        public void bytes(int field, long end) throws IOException {
            domain = field == 1 ? in.text(end) : domain;
        }
    }

    private final class Entry implements ProtobufFile.Fields {
        private final int longest;
        private String key = "";
        private String value = "";

        Entry(int longest) {
            this.longest = longest;
        }

        @Override
        public void bytes(int field, long end) throws IOException {
            switch (field) {
                case 1 -> key = in.text(end);
                case 2 -> value = in.text(end, longest);
                default -> {}
            }
        }
    }

    private final class Node implements ProtobufFile.Fields {
        private String name = "";
        private String operator = "";
        private String domain = "";
        private final List<String> from = new ArrayList<>();
        private final List<String> to = new ArrayList<>();
        private final Map<String, OnnxAttribute> attributes = new HashMap<>();

        @Override
        public void bytes(int field, long end) throws IOException {
            switch (field) {
                case 1 -> from.add(in.text(end));
                case 2 -> to.add(in.text(end));
                case 3 -> name = in.text(end);
                case 4 -> operator = in.text(end);
                case 5 -> {
                    Attribute attribute = new Attribute();
                    in.read(end, attribute);
                    attributes.put(attribute.name, attribute.made());
                }
                case 7 -> domain = in.text(end);
                default -> {}
            }
        }

        OnnxNode made() throws IOException {
            if (to.isEmpty()) {
                throw new IOException("the node '" + name + "' has no output");
            }
            return new OnnxNode(name, operator, domain.equals("ai.onnx") ? "" : domain, from, to, attributes);
        }
    }

    private final class Attribute implements ProtobufFile.Fields {
        private String name = "";
        private long number;
        private float real;
        private String text = "";
        private Numbers numbers = new Numbers(MOST_NUMBERS);
        private OnnxTensor tensor;

        @Override
        public void number(int field, long value) {
            if (field == 3) {
                number = value;
            } else if (field == 8) {
                numbers.add(value);
            }
        }

        @Override
        public void fixed32(int field, int bits) {
            real = field == 2 ? Float.intBitsToFloat(bits) : real;
        }

        @Override
        public void bytes(int field, long end) throws IOException {
            switch (field) {
                case 1 -> name = in.text(end);
                case 4 -> text = in.text(end);
                case 5 -> tensor = tensor(end);
                case 8 -> numbers.addAll(in.varints(end, MOST_NUMBERS));
                default -> {}
            }
        }

        OnnxAttribute made() throws IOException {
            return new OnnxAttribute(number, real, text, numbers.values(), Optional.ofNullable(tensor));
        }
    }
}
