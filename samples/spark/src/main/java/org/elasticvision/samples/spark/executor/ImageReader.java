package org.elasticvision.samples.spark.executor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Reads image files from wherever Hadoop's file systems reach: HDFS, object stores, disks that all machines share. Safe for use by any
 * number of threads.
 *
 * @param configuration of the file systems
 * @param folder the address of the folder in which relative paths lie
 */
public record ImageReader(SerializableConfiguration configuration, String folder) implements Serializable {
    /** As the runtime has it: more than any image that it decodes needs. */
    private static final int MOST_BYTES = 1 << 30;

    /**
     * {@return an image, whose bytes are in memory}
     *
     * @param name the path as the input has it
     * @throws ImageException if it cannot be read
     */
    ImageSource read(String name) {
        if (name == null || name.isBlank()) {
            throw new ImageException("the path of the image is empty; check the list");
        }
        try {
            Path path = new Path(new Path(folder), name);
            FileSystem files = path.getFileSystem(configuration.value());
            try (InputStream in = files.open(path)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new ImageException(name + ": has too many bytes for an image; give a smaller one");
                }
                return ImageSource.of(bytes, name);
            } catch (FileNotFoundException e) { // of folders and forbidden files, too
                throw new ImageException(name + whyNotFound(files, path), e);
            }
        } catch (IOException e) {
            throw new ImageException(name + ": cannot be read (" + Failures.message(e) + ")", e);
        } catch (IllegalArgumentException e) {
            throw new ImageException(name + ": is not a path (" + e.getMessage() + "); check the list", e);
        } catch (OutOfMemoryError e) {
            throw new ImageException(name + ": not enough memory to read it; raise spark.executor.memory", e);
        }
    }

    private static String whyNotFound(FileSystem files, Path path) throws IOException {
        if (!files.exists(path)) {
            return " does not exist; check the path of the image";
        }
        return files.getFileStatus(path).isDirectory()
                ? ": is not a file but a folder; give an image file"
                : ": cannot be read; check its permissions";
    }
}
