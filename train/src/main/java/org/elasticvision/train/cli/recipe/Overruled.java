package org.elasticvision.train.cli.recipe;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the command line says instead of a recipe file.
 *
 * @param given recipe options on the command line, by their longest names
 * @param optimizer the one that is given there, if one is
 */
public record Overruled(Set<String> given, String optimizer) {
    private static final String AUGMENT = "--augment";
    private static final String OPTIMIZER = "--optimizer";

    /** Options that say one thing together: where one of them is given, the file's are all left out. */
    private static final List<Set<String>> TOGETHER =
            List.of(Set.of("--schedule", "--decay-at"), Set.of("--average-bn", "--sync-bn"));

    private static final Set<String> AUGMENTATION =
            Set.of("--crop-area", "--flip", "--scale", "--randaugment", "--random-erasing", "--mixup", "--cutmix");
    private static final Set<String> OF_OPTIMIZER = Set.of("--lr", "--momentum", "--weight-decay");

    /**
     * {@return the words of a file that still hold}
     *
     * @param file the file
     */
    public List<String> words(RecipeFile file) {
        Set<String> left = new LinkedHashSet<>(file.entries().keySet());
        left.removeAll(given);
        for (Set<String> together : TOGETHER) {
            if (!Collections.disjoint(together, given)) {
                left.removeAll(together);
            }
        }
        if (given.contains(AUGMENT)) {
            left.removeAll(AUGMENTATION);
        }
        if (given.contains(OPTIMIZER) && isOther(file.entries().get(OPTIMIZER))) {
            left.removeAll(OF_OPTIMIZER);
        }
        return left.stream()
                .flatMap(option -> file.entries().get(option).words().stream())
                .toList();
    }

    private boolean isOther(RecipeFile.Entry own) {
        String wanted = own == null ? "sgd" : own.words().get(0).substring(OPTIMIZER.length() + 1);
        return !optimizer.equalsIgnoreCase(wanted);
    }
}
