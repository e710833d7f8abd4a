package org.elasticvision.train.check;

import java.io.File;
import java.nio.file.Path;

/**
 * Paths as people are shown them: those in the folder of the data from there on.
 *
 * @param folder with a separator at its end
 */
public record ShownPaths(String folder) {
    /**
     * {@return those of some data}
     *
     * @param data where they lie
     */
    public static ShownPaths in(String data) {
        return new ShownPaths(Path.of(data).toAbsolutePath().normalize() + File.separator);
    }

    /**
     * {@return a text with its paths shown so}
     *
     * @param text such as a path with what is wrong with the file
     */
    public String of(Object text) {
        return text.toString().replace(folder, "");
    }
}
