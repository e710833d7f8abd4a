package org.elasticvision.convert.onnx.graph;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an operator takes and how it behaves: a line of the table that {@link OpType} is. Changed only while that is made. */
final class OpSchema {
    private static final int ANY = Integer.MAX_VALUE;

    /** The kinds of attribute that our operators have. */
    enum AttributeType {
        INT(Long.class),
        FLOAT(Float.class),
        STRING(String.class),
        INTS(List.class);

        private final Class<?> java;

        AttributeType(Class<?> java) {
            this.java = java;
        }

        private boolean fits(Object value) {
            return java.isInstance(value)
                    && (this != INTS || ((List<?>) value).stream().allMatch(Long.class::isInstance));
        }
    }

    /** How many channels come out. */
    enum ChannelRule {
        /** As many as the first input has. */
        FIRST,
        /** As many as the activation with the most: the others are broadcast. */
        WIDEST,
        /** Those of all activations together. */
        SUM,
        /** The first size of the weights. */
        WEIGHT_ROWS,
        /** The second size of the weights, for each group. */
        WEIGHT_COLUMNS
    }

    /** Which types meet, and which comes out. */
    enum TypeRule {
        /** All inputs are float32 or all are float16, and so is the output. */
        ONE_FLOAT,
        /** The first input's, whatever the others are. */
        FIRST,
        /** What the attribute {@code to} says. */
        CAST_TO,
        /** From float to the type of the zero point. */
        QUANTIZED,
        /** From the type of the zero point to that of the scale. */
        DEQUANTIZED
    }

    /** What passes and quantization want to know. */
    enum Trait {
        /** See {@link OpType#isPerPixel()}. */
        PER_PIXEL,
        /** See {@link OpType#movesValuesOnly()}. */
        MOVES_VALUES,
        /** See {@link OpType#hasInt8Weights()}. */
        INT8_WEIGHTS,
        /** See {@link OpType#hasInt8KernelOnCpu()}. */
        INT8_ON_CPU
    }

    private record Attribute(AttributeType type, boolean mandatory) {}

    private final String name;
    private int minInputs = 1;
    private int maxInputs = 1;
    private boolean allActivations;
    private ChannelRule channels = ChannelRule.FIRST;
    private TypeRule types = TypeRule.ONE_FLOAT;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    private OpSchema(String name) {
        this.name = name;
    }

    /** An operator of one input, an activation, that keeps channels and type until more is said. */
    static OpSchema op(String name) {
        return new OpSchema(name);
    }

    /** So many inputs, the first an activation, the others weights or sizes. */
    OpSchema inputs(int count) {
        minInputs = count;
        maxInputs = count;
        return this;
    }

    /** So many more that may be left out. */
    OpSchema optionalInputs(int count) {
        maxInputs += count;
        return this;
    }

    /** So many inputs, which are activations or stand in for some. */
    OpSchema allActivations(int count) {
        allActivations = true;
        return inputs(count);
    }

    /** One activation or more. */
    OpSchema anyActivations() {
        allActivations = true;
        maxInputs = ANY;
        return this;
    }

    /** An attribute that our graphs always name, even where the standard has a default: passes rely on it. */
    OpSchema mandatory(String attribute, AttributeType type) {
        attributes.put(attribute, new Attribute(type, true));
        return this;
    }

    OpSchema optional(String attribute, AttributeType type) {
        attributes.put(attribute, new Attribute(type, false));
        return this;
    }

    OpSchema channels(ChannelRule rule) {
        channels = rule;
        return this;
    }

    OpSchema types(TypeRule rule) {
        types = rule;
        return this;
    }

    OpSchema is(Trait... more) {
        traits.addAll(List.of(more));
        return this;
    }

    String name() {
        return name;
    }

    boolean allActivations() {
        return allActivations;
    }

    ChannelRule channels() {
        return channels;
    }

    TypeRule types() {
        return types;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /**
     * Checks the inputs and attributes of a node. A file may leave out an attribute for which the standard has a default.
     *
     * @throws IllegalArgumentException if the operator takes no such inputs or attributes
     */
    void check(Node node) {
        int inputs = node.inputs().size();
        if (inputs < minInputs || inputs > maxInputs) {
            throw new IllegalArgumentException(node.name() + ": " + name + " cannot take " + inputs + " inputs");
        }
        node.attributes().forEach((attribute, value) -> {
            Attribute known = attributes.get(attribute);
            if (known == null) {
                throw new IllegalArgumentException(node.name() + ": " + name + " has no attribute " + attribute);
            }
            if (!known.type().fits(value)) {
                throw new IllegalArgumentException(node.name() + ": the attribute " + attribute + " of " + name
                        + " must be of the type " + known.type() + ", not " + value);
            }
        });
    }

    /**
     * Checks that a node that we make has the attributes that one must name.
     *
     * @throws IllegalArgumentException if one is missing
     */
    void checkComplete(Node node) {
        attributes.forEach((attribute, known) -> {
            if (known.mandatory() && !node.attributes().containsKey(attribute)) {
                throw new IllegalArgumentException(node.name() + ": " + name + " needs the attribute " + attribute);
            }
        });
    }
}
