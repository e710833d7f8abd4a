package org.elasticvision.runtime.engine.onednn.network;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Lets steps do what comes behind them: convolutions take normalisations, additions and activations. The results are the same but for
 * rounding: a sum in 8 bits is rounded once, not after each part. For one thread and one network.
 */
final class Fusion {
    /** Values that a convolution adds to its result: oneDNN does 32 things behind one, and a sum of codes takes two for each value. */
    private static final int MOST_ADDED = 14;

    private final List<Step> steps;

    /** By what is made. */
    private final IdentityHashMap<Value, Step> makers = new IdentityHashMap<>();

    private final IdentityHashMap<Value, Integer> uses = new IdentityHashMap<>();

    private Fusion(Network network) {
        this.steps = new ArrayList<>(network.steps());
        for (Step step : steps) {
            makers.put(step.output(), step);
            step.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
        }
        uses.merge(network.output(), 1, Integer::sum);
    }

    static Network of(Network network) {
        Fusion fusion = new Fusion(network);
        for (Step step : network.steps()) {
            fusion.fuse(step);
        }
        return new Network(network.input(), network.output(), network.batch(), fusion.steps);
    }

    private void fuse(Step step) {
        if (step instanceof Step.Normalization normalization) {
            fold(normalization);
        } else if (step instanceof Step.Activating activating) {
            activate(activating);
        } else if (step instanceof Step.Arithmetic sum
                && sum.kind() == Step.ArithmeticKind.ADD
                && sum.left().hasShapeOf(sum.right())) {
            add(sum);
        }
    }

    /** A maker whose result only one step uses, and which does nothing to it yet. */
    private <S extends Step> S free(Value value, Class<S> kind) {
        Step maker = makers.get(value);
        return kind.isInstance(maker) && uses.get(value) == 1 ? kind.cast(maker) : null;
    }

    private void fold(Step.Normalization normalization) {
        Step.Normalization before = free(normalization.input(), Step.Normalization.class);
        if (before != null
                && before.activation() == Activation.NONE
                && before.output().quantization().isEmpty()) {
            float[] scale = normalization.scale().clone();
            float[] shift = normalization.shift().clone();
            for (int i = 0; i < scale.length; i++) {
                shift[i] += before.shift()[i] * scale[i];
                scale[i] *= before.scale()[i];
            }
            replace(
                    before,
                    normalization,
                    new Step.Normalization(before.input(), scale, shift, Activation.NONE, normalization.output()));
            return;
        }
        Step.Convolution maker = free(normalization.input(), Step.Convolution.class);
        if (maker == null
                || maker.activation() != Activation.NONE
                || !maker.added().isEmpty()
                || maker.output().quantization().isPresent()) {
            return;
        }
        float[] bias = normalization.shift().clone();
        if (maker.bias() != null) {
            for (int i = 0; i < bias.length; i++) {
                bias[i] += maker.bias()[i] * normalization.scale()[i];
            }
        }
        replace(
                maker,
                normalization,
                maker.with(maker.weights().times(normalization.scale()), bias, normalization.output()));
    }

    private void activate(Step.Activating activating) {
        Step maker = makers.get(activating.input());
        if (maker == null || uses.get(activating.input()) != 1) {
            return;
        }
        Activation activation = activating.activation();
        Value output = activating.output();
        boolean isRelu = activation == Activation.RELU; // all that can be done in whatever unit sums of codes have
        if (maker instanceof Step.Convolution convolution
                && convolution.activation() == Activation.NONE
                && (isRelu
                        || (convolution.added().isEmpty()
                                && convolution.output().quantization().isEmpty()))) {
            replace(maker, activating, convolution.with(convolution.added(), activation, output));
        } else if (maker instanceof Step.Arithmetic sum && sum.activation() == Activation.NONE && isRelu) {
            replace(maker, activating, sum.with(activation, output));
        } else if (maker instanceof Step.Normalization normal && normal.activation() == Activation.NONE && isRelu) {
            replace(maker, activating, normal.with(activation, output));
        }
    }

    /** The later of two convolutions takes the other's result; else the one that is there moves behind the other value. */
    private void add(Step.Arithmetic sum) {
        Step.Convolution left = addable(sum.left());
        Step.Convolution right = addable(sum.right());
        boolean takeRight = left == null || (right != null && index(right) > index(left));
        Step.Convolution taker = takeRight ? right : left;
        if (taker == null) {
            return;
        }
        List<Value> added = new ArrayList<>(taker.added());
        added.add(takeRight ? sum.left() : sum.right());
        replace(taker, sum, taker.with(added, sum.activation(), sum.output()));
    }

    private Step.Convolution addable(Value value) {
        Step.Convolution maker = free(value, Step.Convolution.class);
        boolean isFree = maker != null
                && maker.activation() == Activation.NONE
                && maker.added().size() < MOST_ADDED
                && !value.quantization().map(Quantization::endsAtZero).orElse(false);
        return isFree ? maker : null;
    }

    /** By identity: to compare what all the steps say would take longer than all the rest of reading a network. */
    private int index(Step step) {
        int index = steps.size() - 1;
        while (steps.get(index) != step) {
            index--;
        }
        return index;
    }

    /** Puts one step in the place of the later of two. */
    private void replace(Step first, Step later, Step both) {
        steps.set(index(later), both);
        steps.remove(index(first));
        makers.remove(first.output());
        makers.put(both.output(), both);
        // What the first made is used no more; all else is used as often as before.
        uses.remove(first.output());
    }
}
