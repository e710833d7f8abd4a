package org.elasticvision.runtime.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ImageException;

/** An image file, read when it is decoded. */
record EncodedFile(Path file) implements EncodedSource {
    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public byte[] encoded() {
        if (!Files.exists(file)) {
            throw new ImageException(file + " does not exist; check the path of the image");
        }
        if (!Files.isRegularFile(file)) {
            throw new ImageException(file + ": is not a file but a folder or device; give an image file");
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ImageException(
                        file + ": has " + Files.size(file) + " bytes, too many for an image; give a" + " smaller one");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ImageException(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + "); check its permissions", e);
        } catch (OutOfMemoryError e) {
            throw new ImageException(file + ": not enough memory to read it; give Java more with -Xmx", e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
