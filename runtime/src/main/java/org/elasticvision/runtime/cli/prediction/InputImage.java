package org.elasticvision.runtime.cli.prediction;

import java.nio.file.Path;
import org.elasticvision.runtime.image.ImageSource;

/**
 * An image that the command line names.
 *
 * @param path as it is named, {@code -} for standard input
 * @param source its bytes
 */
public record InputImage(Path path, ImageSource source) {
    /** What messages and answers call it. */
    public String name() {
        return path.toString();
    }
}
