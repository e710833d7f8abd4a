package org.elasticvision.train.torch.quantized;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.convert.quantize.qdq.Int8Places;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.train.torch.tensor.TensorPlace;
import org.elasticvision.train.torch.tensor.Tensors;

/**
 * An fp32 graph whose values go through 8 bits where the int8 model's do. Owns weights and scales in LibTorch's memory; not thread-safe.
 *
 * <p>Learned are the weights and biases of convolutions and matrices, the factors of BatchNorms that are not folded, whose statistics stay, and
 * a scale for each value, as the logarithm of its ratio to the calibrated one: so it stays positive, and a step is a share of it. Zero points stay:
 * the ends of a range move together.
 */
final class QuantizedNetwork implements AutoCloseable {
    private static final int WEIGHT = 1;
    private static final int BIAS = 2;

    private final Graph graph;
    private final Int8Places places;
    private final Int8Target target;
    private final Int8Weights form;
    private final GraphOps ops;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Set<String> learned = new LinkedHashSet<>();
    private final Map<String, ActivationScale> kinds = new HashMap<>();
    private final Map<String, Tensor> calibrated = new LinkedHashMap<>();
    private final Map<String, Tensor> logarithms = new LinkedHashMap<>();

    QuantizedNetwork(
            Graph graph,
            Int8Places places,
            Int8Target target,
            Int8Weights form,
            Function<String, ActivationScale> scales,
            TensorPlace place) {
        this.graph = graph;
        this.places = places;
        this.target = target;
        this.form = form;
        this.ops = new GraphOps(graph);
        try {
            for (Initializer initializer : graph.initializers()) {
                if (initializer instanceof Initializer.Floats floats) {
                    weights.put(floats.name(), Tensors.of(floats.read(), floats.shape(), place));
                }
            }
            graph.nodes().forEach(this::learn);
            learned.forEach(name -> weights.get(name).set_requires_grad(true));
            places.values().stream().map(places::scaledAs).distinct().sorted().forEach(value -> {
                ActivationScale scale = scales.apply(value);
                kinds.put(value, scale);
                calibrated.put(value, Tensors.of(new float[] {scale.scale()}, List.of(), place));
                Tensor logarithm = Tensors.of(new float[1], List.of(), place);
                logarithm.set_requires_grad(true);
                logarithms.put(value, logarithm);
            });
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private void learn(Node node) {
        boolean hasWeights = node.op().hasInt8Weights() || node.op() == OpType.BATCH_NORMALIZATION;
        for (int i = WEIGHT; hasWeights && i < Math.min(BIAS + 1, node.inputs().size()); i++) {
            learned.add(node.inputs().get(i));
        }
    }

    /**
     * {@return the output, of the current scope}
     *
     * @param images {@code [N, 3, H, W]}
     */
    Tensor forward(Tensor images) {
        return new Pass(images).run();
    }

    /** What one batch makes of the graph. */
    private final class Pass {
        private final Map<String, Tensor> values = new HashMap<>();
        private final Map<String, Tensor> rounded = new HashMap<>();
        private final Map<String, Tensor> scales = new HashMap<>();

        Pass(Tensor images) {
            values.put(graph.input().name(), images);
        }

        Tensor run() {
            for (Node node : graph.nodes()) {
                values.put(node.output(), ops.run(node, name -> input(node, name)));
            }
            return values.get(graph.output().name());
        }

        private Tensor input(Node node, String name) {
            if (!values.containsKey(name)) {
                return places.hasInt8Weights(node) ? roundedWeight(node, name) : weights.get(name);
            }
            if (!places.readsQuantized(node, name)) {
                return values.get(name);
            }
            Tensor known = rounded.get(name);
            if (known == null) {
                String scaled = places.scaledAs(name);
                known = FakeQuantization.activation(values.get(name), scale(scaled), kinds.get(scaled));
                rounded.put(name, known);
            }
            return known;
        }

        private Tensor roundedWeight(Node node, String name) {
            boolean isWeight = name.equals(node.inputs().get(WEIGHT));
            boolean hasIntegerBias = target == Int8Target.CPU && node.inputs().size() > BIAS;
            if (!isWeight && !hasIntegerBias) {
                return weights.get(name);
            }
            Tensor weight = weights.get(node.inputs().get(WEIGHT));
            Tensor inputScale = scale(places.scaledAs(node.inputs().get(0)));
            Tensor leastScale = hasIntegerBias
                    ? FakeQuantization.leastScale(weights.get(node.inputs().get(BIAS)), inputScale)
                    : torch.zeros_like(inputScale);
            Tensor weightScale = FakeQuantization.scale(weight, leastScale, form);
            return isWeight
                    ? FakeQuantization.weight(weight, weightScale, form)
                    : FakeQuantization.bias(weights.get(name), weightScale, inputScale);
        }

        private Tensor scale(String value) {
            return scales.computeIfAbsent(value, QuantizedNetwork.this::scale);
        }
    }

    private Tensor scale(String value) {
        return calibrated.get(value).mul(logarithms.get(value).exp());
    }

    /** The names of what is learned: first weights, then scales. */
    List<String> weightNames() {
        return List.copyOf(learned);
    }

    List<String> scaleNames() {
        return logarithms.keySet().stream().map(QuantizedNetwork::scaleName).toList();
    }

    private static String scaleName(String value) {
        return "scale of " + value;
    }

    /** A parameter by its name. */
    Tensor parameter(String name) {
        Tensor weight = learned.contains(name) ? weights.get(name) : null;
        return weight != null
                ? weight
                : logarithms.get(name.substring(scaleName("").length()));
    }

    /** A copy of what is learned so far. */
    LearnedNetwork learned() {
        Map<String, float[]> copies = new HashMap<>();
        learned.forEach(name -> copies.put(name, Tensors.toFloats(weights.get(name))));
        Map<String, ActivationScale> scales = new HashMap<>();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            kinds.forEach((value, kind) ->
                    scales.put(value, new ActivationScale(scale(value).item_float(), kind.zeroPoint(), kind.signed())));
        }
        return new LearnedNetwork(copies, scales);
    }

    /** Goes back to what was learned before. */
    void restore(LearnedNetwork before, TensorPlace place) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            before.weights().forEach((name, values) -> {
                try (Tensor copy = Tensors.of(values, graph.weights(name).shape(), place)) {
                    weights.get(name).copy_(copy);
                }
            });
            before.scales().forEach((value, scale) -> {
                calibrated.get(value).fill_(new Scalar((double) scale.scale()));
                logarithms.get(value).zero_();
            });
        }
    }

    @Override
    public void close() {
        List.of(weights, calibrated, logarithms)
                .forEach(tensors -> tensors.values().forEach(Tensor::close));
    }
}
