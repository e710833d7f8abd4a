package org.elasticvision.runtime.dataset.layout;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a data set is read.
 *
 * @param byOrder whether its classes are paired with the labels by their place alone, whatever they are called; else names
 *     and ids decide
 * @param labelsOf whose classes the labels are, for messages
 * @param notes receives a line for each thing that was skipped
 */
public record DatasetOptions(boolean byOrder, LabelsOf labelsOf, Consumer<String> notes) {
    /** Whose classes the classes of a data set are paired with. */
    public enum LabelsOf {
        /** A model that is measured. */
        MODEL("model", "; use the model's ids or names, or a model of this data set"),
        /** A network that is trained. */
        TRAINED_NETWORK(
                "network",
                "; the network's classes are those of the training data, or of --labels: use the same names in"
                        + " both parts");

        final String owner;
        final String remedy;

        LabelsOf(String owner, String remedy) {
            this.owner = owner;
            this.remedy = remedy;
        }
    }

    public DatasetOptions {
        Objects.requireNonNull(labelsOf, "labelsOf");
        Objects.requireNonNull(notes, "notes");
    }

    /** The labels are a model's. */
    public DatasetOptions(boolean byOrder, Consumer<String> notes) {
        this(byOrder, LabelsOf.MODEL, notes);
    }

    /** {@return names and ids decide, and notes are dropped} */
    public static DatasetOptions defaults() {
        return new DatasetOptions(false, note -> {});
    }

    /** {@return the same for data that a network is trained on} */
    public DatasetOptions forTraining() {
        return new DatasetOptions(byOrder, LabelsOf.TRAINED_NETWORK, notes);
    }
}
