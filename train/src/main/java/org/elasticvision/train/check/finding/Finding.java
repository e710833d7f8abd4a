package org.elasticvision.train.check.finding;

import java.util.List;

/**
 * What was found of one kind.
 *
 * @param kind what it is
 * @param severity what it means for the run that was asked about
 * @param count how often
 * @param examples the first ones
 */
public record Finding(FindingKind kind, Severity severity, long count, List<Example> examples) {
    public Finding {
        examples = List.copyOf(examples);
    }

    /**
     * One of those that were found.
     *
     * @param name of a file, a class or a place in a file
     * @param detail what is wrong with it; may be empty
     * @param other name of another image that it has to do with; may be empty
     */
    public record Example(String name, String detail, String other) {
        @Override
        public String toString() {
            return detail.isEmpty() ? name : name + ": " + detail;
        }
    }
}
