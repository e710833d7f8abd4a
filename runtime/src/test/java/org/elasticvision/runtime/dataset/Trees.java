package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.model.Label;

/** Makes small folders for tests. */
public final class Trees {
    private Trees() {}

    /** Makes empty files and the folders they are in. */
    public static void touch(Path root, String... files) {
        for (String file : files) {
            write(root.resolve(file), "");
        }
    }

    public static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Labels written as {@code id=name}. */
    public static List<Label> labels(String... labels) {
        return Arrays.stream(labels)
                .map(label -> label.split("=", -1))
                .map(parts -> new Label(parts[0], parts[1]))
                .toList();
    }
}
