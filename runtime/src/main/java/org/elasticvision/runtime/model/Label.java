package org.elasticvision.runtime.model;

/**
 * The name of a class.
 *
 * @param id what data sets call it: a WordNet id for ImageNet, the category number for MSCOCO, else the name itself
 * @param name the human-readable name
 */
public record Label(String id, String name) {
    public Label {
        check(id, "id");
        check(name, "name");
    }

    private static void check(String value, String what) {
        if (value.isBlank() || value.indexOf('\t') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("label " + what + " '" + value + "' is blank or has a tab or a newline");
        }
    }
}
