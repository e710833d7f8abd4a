package org.elasticvision.train.cli.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The published recipes as files, which lie in {@code train/recipes} and are found by their names. Their values are those of {@code Recipe}. */
public final class PublishedRecipes {
    /** By the data set of the paper that each is for. */
    public static final List<String> NAMES = List.of("imagenet", "mscoco", "voc");

    private PublishedRecipes() {}

    /** {@return the text of a recipe; empty where none has that name} */
    public static Optional<String> find(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in =
                PublishedRecipes.class.getResourceAsStream("/org/elasticvision/train/recipes/" + name + ".yaml")) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
