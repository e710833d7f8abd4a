package org.elasticvision.train.cli;

import java.util.Map;

/**
 * Says in the words of the command line what a record's check says in those of its fields.
 *
 * @param options by the names of fields that messages begin with
 */
record FieldNames(Map<String, String> options) {
    FieldNames {
        options = Map.copyOf(options);
    }

    /** Such as {@code --lr 0.0 must be above 0} of {@code learning rate 0.0 must be above 0}. */
    String inOptions(String message) {
        return options.entrySet().stream()
                .filter(field -> message.startsWith(field.getKey() + " "))
                .map(field ->
                        field.getValue() + message.substring(field.getKey().length()))
                .findFirst()
                .orElse(message);
    }
}
