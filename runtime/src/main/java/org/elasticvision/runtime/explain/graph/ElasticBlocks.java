package org.elasticvision.runtime.explain.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxNode;

/**
 * Finds Elastic blocks (Wang et al., section 3) in a graph. One is a Resize whose result is added to, or concatenated with, another value,
 * where
 *
 * <ul>
 *   <li>the way up from the Resize leads through convolutions, at least one of them 3×3, to an operation that halves the resolution: an
 *       average or max pooling, or the depthwise convolution that an int8 model has in place of it;
 *   <li>the way up from the other value leads through convolutions, one of them 3×3, to the very value that is halved.
 * </ul>
 *
 * <p>Normalisations, activations, changes of type, Q/DQ pairs, padding and cropping may stand anywhere between. Feature pyramids, which
 * also add what they enlarge, start from two values and are not taken for one. Stateless.
 */
public final class ElasticBlocks {
    private static final Set<String> JOINS = Set.of("Add", "Sum", "Concat");
    private static final Set<String> POOLINGS = Set.of("AveragePool", "MaxPool");

    /** Longer than any branch; a damaged file may go in a circle. */
    private static final int MOST_STEPS = 1000;

    private final Wiring wiring;
    private final Activations activations;

    private ElasticBlocks(Wiring wiring) {
        this.wiring = wiring;
        this.activations = new Activations(wiring);
    }

    /**
     * {@return the blocks of a graph, in the order in which it runs; empty where it has none}
     *
     * @param graph of an ONNX file
     */
    public static List<ElasticBlock> in(OnnxGraph graph) {
        return new ElasticBlocks(new Wiring(graph)).find();
    }

    private List<ElasticBlock> find() {
        List<ElasticBlock> blocks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (OnnxNode node : wiring.graph().nodes()) {
            if (node.operator().equals("Resize") || node.operator().equals("Upsample")) {
                block(node, blocks.size() + 1, names).ifPresent(blocks::add);
            }
        }
        return blocks;
    }

    private Optional<ElasticBlock> block(OnnxNode resize, int number, Set<String> names) {
        Optional<Branch> low = resize.input(0).flatMap(this::lowBranch);
        if (low.isEmpty()) {
            return Optional.empty();
        }
        Joint joint = joint(resize.output());
        return joint.others().stream()
                .flatMap(other -> highBranch(other, low.get().source()).stream())
                .findFirst()
                .map(high -> new ElasticBlock(
                        unused(commonName(high, low.get().convolution()), number, names),
                        activations.after(high),
                        activations.after(low.get().convolution())));
    }

    /** The 3×3 convolution of the low branch, and what is halved. */
    private record Branch(OnnxNode convolution, String source) {}

    private Optional<Branch> lowBranch(String from) {
        String value = from;
        OnnxNode square = null;
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            Optional<OnnxNode> maker = wiring.producer(value);
            if (maker.isEmpty()) {
                return Optional.empty();
            }
            OnnxNode node = maker.get();
            if (halves(node)) {
                Optional<OnnxNode> convolution = Optional.ofNullable(square);
                return node.input(0)
                        .map(this::unpadded)
                        .flatMap(source -> convolution.map(found -> new Branch(found, source)));
            }
            square = square == null && isSquare(node) ? node : square;
            Optional<String> next = up(node);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            value = next.get();
        }
        return Optional.empty();
    }

    private Optional<OnnxNode> highBranch(String from, String source) {
        String value = from;
        OnnxNode square = null;
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            if (square != null && wiring.carried(value).equals(source)) {
                return Optional.of(square);
            }
            Optional<OnnxNode> node = wiring.producer(value);
            if (node.isPresent() && square == null && isSquare(node.get())) {
                square = node.get();
            }
            Optional<String> next = node.flatMap(this::up);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            value = next.get();
        }
        return Optional.empty();
    }

    private Optional<String> up(OnnxNode node) {
        return wiring.isConvolution(node) ? node.input(0) : wiring.pointwiseInput(node);
    }

    private boolean isSquare(OnnxNode node) {
        return wiring.isConvolution(node)
                && wiring.kernel(node)
                        .filter(shape -> shape[2] == 3 && shape[3] == 3)
                        .isPresent();
    }

    private boolean halves(OnnxNode node) {
        long[] strides = node.numbers("strides", 1, 1);
        if (strides.length != 2 || strides[0] != 2 || strides[1] != 2) {
            return false;
        }
        boolean depthwise = wiring.isConvolution(node)
                && wiring.kernel(node)
                        .filter(shape ->
                                shape[1] == 1 && shape[0] == node.number("group", 1) && shape[2] == 2 && shape[3] == 2)
                        .isPresent();
        return depthwise || (node.domain().isEmpty() && POOLINGS.contains(node.operator()));
    }

    private String unpadded(String value) {
        String from = wiring.carried(value);
        Optional<OnnxNode> node = wiring.producer(from);
        while (node.isPresent()
                && node.get().operator().equals("Pad")
                && node.get().input(0).isPresent()) {
            from = wiring.carried(node.get().input(0).get());
            node = wiring.producer(from);
        }
        return from;
    }

    /** Where an enlarged value meets others. */
    private record Joint(List<String> others) {}

    private Joint joint(String enlarged) {
        String value = enlarged;
        Optional<OnnxNode> node = wiring.onlyConsumer(value);
        while (node.isPresent()
                && (wiring.isCarrier(node.get()) || node.get().operator().equals("Slice"))) {
            value = node.get().output();
            node = wiring.onlyConsumer(value);
        }
        String own = value;
        return new Joint(node.filter(found -> JOINS.contains(found.operator()))
                .map(found -> found.inputs().stream()
                        .filter(input -> !input.equals(own))
                        .toList())
                .orElse(List.of()));
    }

    /** What two names have in common, in whole words: of {@code layer1.0.conv2} and {@code layer1.0.conv2_d} it is {@code layer1.0}. */
    private static String commonName(OnnxNode high, OnnxNode low) {
        String[] first = high.name().split("(?<=[./])");
        String[] second = low.name().split("(?<=[./])");
        StringBuilder common = new StringBuilder();
        for (int i = 0; i < Math.min(first.length, second.length) - 1 && first[i].equals(second[i]); i++) {
            common.append(first[i]);
        }
        return common.toString().replaceAll("[./]+$", "");
    }

    private static String unused(String name, int number, Set<String> names) {
        String free = name.isEmpty() || names.contains(name) ? "block " + number : name;
        names.add(free);
        return free;
    }
}
