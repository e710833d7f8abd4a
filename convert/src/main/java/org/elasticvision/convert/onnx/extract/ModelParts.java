package org.elasticvision.convert.onnx.extract;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.elasticvision.convert.onnx.file.ProtoReader;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.io.name.Spelling;
import org.elasticvision.runtime.model.ModelInfo;

/** An ONNX file of any kind, out of which sub-models are cut. The file must stay as it is meanwhile. For one thread. */
public final class ModelParts {
    private final Path file;
    private final ModelProto model;
    private final ValueTypes types;
    private final Map<String, NodeProto> producers = new LinkedHashMap<>();
    private final Map<String, String> nodes = new HashMap<>();
    private final Set<String> constants = new HashSet<>();
    private final Set<String> inputs;

    private ModelParts(Path file, ModelProto model) {
        this.file = file;
        this.model = model;
        GraphProto graph = model.getGraph();
        this.types = new ValueTypes(file, graph);
        graph.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
        graph.getSparseInitializerList()
                .forEach(tensor -> constants.add(tensor.getValues().getName()));
        this.inputs = graph.getInputList().stream()
                .map(ValueInfoProto::getName)
                .filter(name -> !constants.contains(name)) // old files list their weights as inputs too
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (NodeProto node : graph.getNodeList()) {
            for (String output : node.getOutputList()) {
                if (!output.isEmpty()) { // else one that the node need not make
                    producers.put(output, node);
                    if (!node.getName().isEmpty()) {
                        nodes.putIfAbsent(node.getName(), output);
                    }
                }
            }
        }
    }

    /**
     * Reads a file.
     *
     * @param file an ONNX model
     * @return its parts
     * @throws ModelException if it is missing, damaged or not an ONNX model
     */
    public static ModelParts of(Path file) {
        ModelProto model = ProtoReader.read(file);
        if (model.getGraph().getNodeCount() == 0) {
            throw new ModelException(file + ": holds no nodes, so it is not an ONNX model; give the .onnx file");
        }
        return new ModelParts(file, model);
    }

    /** {@return the names of all values that nodes make, in the order of the file} */
    public List<String> values() {
        return List.copyOf(producers.keySet());
    }

    /** {@return the names of the network's own inputs} */
    public Set<String> inputs() {
        return Set.copyOf(inputs);
    }

    /** {@return the names of the network's own outputs, in the order of the file} */
    public List<String> outputs() {
        return model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
    }

    /** {@return how many nodes there are} */
    public int nodeCount() {
        return model.getGraph().getNodeCount();
    }

    /**
     * {@return the operator that makes a value, such as {@code Conv}}
     *
     * @param value made by a node
     */
    public String operator(String value) {
        return producers.get(value).getOpType();
    }

    /**
     * {@return the values that a node takes, constants left out}
     *
     * @param value that the node makes
     */
    public Set<String> sources(String value) {
        return Captures.of(producers.get(value)).stream()
                .filter(name -> !constants.contains(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * {@return the shape of a float32 or float16 value, each dimension a length or a name; empty where it is of another type or not
     * known}
     *
     * @param value any name
     */
    public Optional<List<String>> floatShape(String value) {
        return Optional.of(value)
                .filter(producers::containsKey)
                .flatMap(types::of)
                .map(info -> info.getType().getTensorType())
                .filter(TypeProto.Tensor::hasShape)
                .filter(tensor -> tensor.getElemType() == TensorProto.DataType.FLOAT.getNumber()
                        || tensor.getElemType() == TensorProto.DataType.FLOAT16.getNumber())
                .map(tensor -> tensor.getShape().getDimList().stream()
                        .map(one -> one.hasDimValue() ? Long.toString(one.getDimValue()) : one.getDimParam())
                        .toList());
    }

    /**
     * Finds a value by its own name or that of the node that makes it, of several outputs the first.
     *
     * @param name what was typed
     * @return the value's name
     * @throws ElasticVisionException if nothing is called so; the message says what may have been meant
     */
    public String value(String name) {
        if (producers.containsKey(name)) {
            return name;
        }
        if (nodes.containsKey(name)) {
            return nodes.get(name);
        }
        if (constants.contains(name)) {
            throw new ElasticVisionException("'" + name + "' in " + file
                    + " is a constant (an initializer), which no node computes; name a node or what it makes");
        }
        if (inputs.contains(name)) {
            throw new ElasticVisionException(
                    "'" + name + "' is an input of " + file + ", which no node computes; name a node or what it makes");
        }
        Set<String> known = new TreeSet<>(producers.keySet());
        known.addAll(nodes.keySet());
        String meant = Spelling.meant(name, known);
        throw new ElasticVisionException(file + " has no node and no tensor '" + name + "'"
                + (meant.isEmpty() ? "; 'elastic inspect --layers' lists the nodes" : meant));
    }

    /**
     * Has the types of all values inferred at once, for whoever cuts many parts out.
     *
     * @throws ModelException where the model has several inputs, or ONNX Runtime cannot open it
     */
    public void inferTypes() {
        types.infer(values());
    }

    /**
     * Cuts out what one value needs.
     *
     * @param to a name of a node or of what it makes, which becomes the output
     * @param from names of nodes or of what they make, which become inputs; what else is needed begins at the network's
     *     own inputs
     * @return the part
     * @throws ElasticVisionException if a name is not known, one of {@code from} is not needed, or its type or shape is not known
     */
    public SubModel extract(String to, Collection<String> from) {
        String output = value(to);
        Map<String, List<String>> begins = new LinkedHashMap<>();
        for (String name : from) {
            List<String> values = made(name);
            if (values.contains(output)) {
                throw new ElasticVisionException("'" + name
                        + "' cannot be both where the sub-model begins and where it ends; name a node before it");
            }
            begins.put(name, values);
        }
        Set<String> starts = new LinkedHashSet<>();
        begins.values().forEach(starts::addAll);
        Set<String> needed = needed(output, starts);
        begins.forEach((name, values) -> {
            if (Collections.disjoint(needed, values)) {
                throw new ElasticVisionException("'" + output + "' does not need '" + name + "'"
                        + (begins.size() > 1 ? " beside the others" : "")
                        + "; leave it out, or name a node on the way");
            }
        });
        starts.retainAll(needed);
        List<String> asked = new ArrayList<>(starts);
        asked.add(output);
        if (inputs.size() == 1) {
            types.infer(asked.stream().filter(producers::containsKey).toList());
        }
        ModelProto part = cut(output, starts, needed);
        return new SubModel(file, isWhole(output, starts) ? part : marked(part, output));
    }

    /** The values behind which a part begins: one that is named itself, or all that a node makes. */
    private List<String> made(String name) {
        if (inputs.contains(name) || producers.containsKey(name)) {
            return List.of(name);
        }
        return producers.get(value(name)).getOutputList().stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** Whether a part takes and answers what the whole does. */
    private boolean isWhole(String output, Set<String> starts) {
        return outputs().equals(List.of(output)) && inputs.containsAll(starts);
    }

    /** A part of a model of ours has its metadata, by which it would be taken for a model of images. */
    private static ModelProto marked(ModelProto part, String output) {
        boolean ours = false;
        ModelProto.Builder marked = part.toBuilder().clearMetadataProps();
        for (StringStringEntryProto entry : part.getMetadataPropsList()) {
            ours |= entry.getKey().startsWith(ModelInfo.PREFIX);
            if (!entry.getKey().equals(ModelInfo.PART)) {
                marked.addMetadataProps(entry);
            }
        }
        return ours
                ? marked.addMetadataProps(StringStringEntryProto.newBuilder()
                                .setKey(ModelInfo.PART)
                                .setValue(output))
                        .build()
                : part;
    }

    /** All values that are needed, where they begin among them. */
    private Set<String> needed(String output, Set<String> starts) {
        Set<String> needed = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(output));
        while (!open.isEmpty()) {
            String value = open.pop();
            if (needed.add(value) && !starts.contains(value) && producers.containsKey(value)) {
                open.addAll(Captures.of(producers.get(value)));
            }
        }
        return needed;
    }

    /** A node that stays for one of its outputs must not make another one that is an input now. */
    private static NodeProto withoutStarts(NodeProto node, Set<String> starts) {
        if (Collections.disjoint(node.getOutputList(), starts)) {
            return node;
        }
        NodeProto.Builder changed = node.toBuilder();
        for (int i = 0; i < node.getOutputCount(); i++) {
            if (starts.contains(node.getOutput(i))) {
                changed.setOutput(i, node.getOutput(i) + ".unused");
            }
        }
        return changed.build();
    }

    private ModelProto cut(String output, Set<String> starts, Set<String> needed) {
        GraphProto whole = model.getGraph();
        GraphProto.Builder part = GraphProto.newBuilder().setName(whole.getName());
        Set<String> inside = new HashSet<>(needed);
        for (NodeProto node : whole.getNodeList()) {
            if (node.getOutputList().stream().anyMatch(value -> needed.contains(value) && !starts.contains(value))) {
                part.addNode(withoutStarts(node, starts));
                inside.addAll(node.getOutputList());
            }
        }
        whole.getInputList().stream()
                .filter(input -> needed.contains(input.getName()) && !starts.contains(input.getName()))
                .forEach(part::addInput);
        starts.forEach(start -> part.addInput(types.of(start)
                .orElseThrow(() -> new ModelException("the type and shape of '" + start + "' in " + file
                        + " are not known, which an input must have; save the model with shapes inferred"
                        + " (onnx.shape_inference)"))));
        part.addOutput(types.of(output)
                .orElseGet(() -> ValueInfoProto.newBuilder().setName(output).build()));
        whole.getInitializerList().stream()
                .filter(tensor -> needed.contains(tensor.getName()))
                .forEach(part::addInitializer);
        whole.getSparseInitializerList().stream()
                .filter(tensor -> needed.contains(tensor.getValues().getName()))
                .forEach(part::addSparseInitializer);
        whole.getValueInfoList().stream()
                .filter(info -> inside.contains(info.getName())
                        && !starts.contains(info.getName())
                        && !info.getName().equals(output))
                .forEach(part::addValueInfo);
        whole.getQuantizationAnnotationList().stream()
                .filter(annotation -> inside.contains(annotation.getTensorName()))
                .forEach(part::addQuantizationAnnotation);
        return model.toBuilder().setGraph(part).build();
    }
}
