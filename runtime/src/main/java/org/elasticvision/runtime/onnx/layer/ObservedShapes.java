package org.elasticvision.runtime.onnx.layer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.explain.graph.ObservedCopy;
import org.elasticvision.runtime.io.TemporaryFolder;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxInput;
import org.elasticvision.runtime.onnx.OnnxNode;

/**
 * The shapes of values inside a graph: it is run on an input of zeros with the values as outputs, a few at a time, as all of a large network
 * take more memory than a machine may have.
 */
final class ObservedShapes {
    private static final int AT_A_TIME = 48;

    private ObservedShapes() {}

    /** Of each value that was asked for; empty where the input's size is not fixed but for the batch, or it is not one image. */
    static Map<String, int[]> of(Path model, OnnxGraph graph, Set<String> values) {
        Map<String, int[]> shapes = new HashMap<>();
        if (graph.inputs().size() != 1 || !isFixed(graph.inputs().get(0))) {
            return shapes;
        }
        OnnxInput input = graph.inputs().get(0);
        int[] lengths = Arrays.stream(input.shape()).mapToInt(Math::toIntExact).toArray();
        lengths[0] = Math.max(1, lengths[0]);
        TensorShape shape = TensorShape.of(lengths);
        shapes.put(input.name(), lengths);
        Set<String> outputs =
                graph.outputs().stream().map(OnnxInput::name).collect(Collectors.toCollection(HashSet::new));
        List<String> inside = graph.nodes().stream()
                .map(OnnxNode::output)
                .filter(value -> values.contains(value) && !outputs.contains(value))
                .distinct()
                .toList();
        // At least once, for the shapes of the outputs.
        for (int from = 0; from == 0 || from < inside.size(); from += AT_A_TIME) {
            run(model, inside.subList(from, Math.min(inside.size(), from + AT_A_TIME)), shape, shapes);
        }
        return shapes;
    }

    private static boolean isFixed(OnnxInput input) {
        return input.isFloat()
                && input.shape() != null
                && input.shape().length > 0
                && Arrays.stream(input.shape()).skip(1).allMatch(length -> length > 0);
    }

    private static void run(Path model, List<String> values, TensorShape shape, Map<String, int[]> shapes) {
        try (TemporaryFolder folder = TemporaryFolder.create("layers");
                Probe probe = ObservedCopy.open(
                        model, values, folder, EngineOptions.defaults().withProvider(Provider.CPU))) {
            List<String> names = new ArrayList<>(probe.outputs());
            probe.run(DirectBuffers.floats(shape.elements()), shape, new Probe.Visitor() {
                @Override
                public void value(int index, float[] found) {
                    throw new IllegalStateException("a value without its shape");
                }

                @Override
                public void value(int index, int[] found, float[] numbers) {
                    shapes.put(names.get(index), found);
                }
            });
        }
    }
}
