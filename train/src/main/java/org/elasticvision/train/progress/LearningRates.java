package org.elasticvision.train.progress;

import java.util.Locale;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;

/**
 * The learning rates that the optimiser was given in an epoch. Where a batch is run in parts they are those of a part: the rate of
 * the recipe divided by the number of micro-batches, as {@link Recipe#accumulationSteps()} says.
 *
 * @param first of the first update
 * @param last of the last update
 * @param lastOfHead of the last update, for the head where that has a rate of its own; else equal to {@code last}
 */
public record LearningRates(double first, double last, double lastOfHead) {
    public static LearningRates of(Task task, Recipe recipe, long firstStep, long lastStep, long stepsPerEpoch) {
        double[] first = rates(task, recipe, firstStep, stepsPerEpoch);
        double[] last = rates(task, recipe, lastStep, stepsPerEpoch);
        return new LearningRates(first[0], last[0], last[last.length - 1]);
    }

    private static double[] rates(Task task, Recipe recipe, long step, long stepsPerEpoch) {
        return ParameterGroups.learningRates(task, recipe, recipe.learningRate(step, stepsPerEpoch));
    }

    /** Such as {@code 0.100}, {@code 0.100 to 0.0125} or {@code 0.00700, head 0.0700}. */
    @Override
    public String toString() {
        String from = text(first);
        String to = text(last);
        String head = text(lastOfHead);
        return (from.equals(to) ? to : from + " to " + to) + (head.equals(to) ? "" : ", head " + head);
    }

    private static String text(double rate) {
        return String.format(Locale.ROOT, "%.3g", rate);
    }
}
