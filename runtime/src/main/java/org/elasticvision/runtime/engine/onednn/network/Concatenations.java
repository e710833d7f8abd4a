package org.elasticvision.runtime.engine.onednn.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets a concatenation that begins as an earlier one does take that one's result: in a dense block each joins all that was made so far, and
 * copying few long rows of channels is faster than many short ones.
 */
final class Concatenations {
    private Concatenations() {}

    static Network of(Network network) {
        List<Step.Concatenation> earlier = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (Step step : network.steps()) {
            if (step instanceof Step.Concatenation all) {
                steps.add(shorten(all, earlier));
                earlier.add(all);
            } else {
                steps.add(step);
            }
        }
        return new Network(network.input(), network.output(), network.batch(), steps);
    }

    private static Step shorten(Step.Concatenation all, List<Step.Concatenation> earlier) {
        List<Value> inputs = all.inputs();
        Step.Concatenation longest = null;
        for (Step.Concatenation one : earlier) {
            int length = one.inputs().size();
            if (length < inputs.size()
                    && (longest == null || length > longest.inputs().size())
                    && one.output().quantization().equals(all.output().quantization())
                    && inputs.subList(0, length).equals(one.inputs())) {
                longest = one;
            }
        }
        if (longest == null) {
            return all;
        }
        List<Value> shorter = new ArrayList<>(List.of(longest.output()));
        shorter.addAll(inputs.subList(longest.inputs().size(), inputs.size()));
        return new Step.Concatenation(shorter, all.output());
    }
}
