package org.elasticvision.runtime.dataset;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a data set is read.
 *
 * @param byOrder whether its classes are paired with the labels by their place alone, whatever they are called; else names
 *     and ids decide
 * @param notes is told, a line each, of what was passed over
 */
public record DatasetOptions(boolean byOrder, Consumer<String> notes) {
    public DatasetOptions {
        Objects.requireNonNull(notes, "notes");
    }

    /** {@return names and ids decide, and nobody is told anything} */
    public static DatasetOptions defaults() {
        return new DatasetOptions(false, note -> {});
    }
}
