package org.elasticvision.runtime.cli.prediction;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;

/** An image on standard input, which a command line names {@code -}; a file of that name is {@code ./-}. Stateless. */
final class StandardInput {
    private static final String NAME = "-";

    private StandardInput() {}

    static boolean isMeant(Path path) {
        return path.toString().equals(NAME);
    }

    /**
     * Reads an image file to its end.
     *
     * @param in not closed
     * @throws ElasticVisionException if it is empty, too long or cannot be read
     */
    static ImageSource read(InputStream in) {
        byte[] encoded;
        try {
            encoded = in.readNBytes(ImageSource.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new ElasticVisionException("standard input cannot be read: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new ElasticVisionException("not enough memory to read standard input; give Java more with -Xmx", e);
        }
        if (encoded.length == 0) {
            throw new ElasticVisionException(
                    "standard input is empty, and - takes an image from there; see what the command before the | says");
        }
        if (encoded.length > ImageSource.MAX_BYTES) {
            throw new ElasticVisionException("standard input has more than " + ImageSource.MAX_BYTES
                    + " bytes, too many for an image; give a smaller one");
        }
        return ImageSource.of(encoded, NAME);
    }
}
