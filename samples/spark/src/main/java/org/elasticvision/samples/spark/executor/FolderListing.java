package org.elasticvision.samples.spark.executor;

import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.image.ImageFileNames;
import org.elasticvision.runtime.io.FolderSearch;

/**
 * The images in folders, without hidden ones, as {@code elastic predict} finds them. Executors list, and hold no list in memory, where
 * Spark's own source of files has the driver hold it, and leaves out empty files, which are images that cannot be used.
 */
public final class FolderListing implements FlatMapFunction<String, String> {
    private static final long serialVersionUID = 1L;

    private final SerializableConfiguration configuration;
    private final boolean recursive;

    /**
     * @param configuration of the file systems
     * @param recursive whether folders in the folders are searched, too
     */
    public FolderListing(SerializableConfiguration configuration, boolean recursive) {
        this.configuration = configuration;
        this.recursive = recursive;
    }

    @Override
    public Iterator<String> call(String name) throws IOException {
        Path folder = new Path(name);
        FileSystem files = folder.getFileSystem(configuration.value());
        boolean onDisk = files instanceof LocalFileSystem; // object stores list all that lies below a folder in one go
        return new Images(name, onDisk ? new FileWalk(files, folder, recursive) : files.listFiles(folder, recursive));
    }

    /** {@return whether a search ignores a file or folder} */
    public static boolean isHidden(Path path) {
        return FolderSearch.isPassedOver(path.getName());
    }

    private static final class Images implements Iterator<String> {
        private final String folder;
        private final RemoteIterator<? extends FileStatus> files;
        private String next;

        Images(String folder, RemoteIterator<? extends FileStatus> files) {
            this.folder = folder;
            this.files = files;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && files.hasNext()) {
                    Path file = files.next().getPath();
                    next = isImage(file) ? file.toString() : null;
                }
                return next != null;
            } catch (IOException e) {
                throw new ElasticVisionException(
                        folder + ": cannot be searched for images (" + Failures.message(e) + "); give lists of them",
                        e);
            }
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            String file = next;
            next = null;
            return file;
        }

        private boolean isImage(Path file) {
            String name = file.getName().toLowerCase(Locale.ROOT);
            return ImageFileNames.EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1)) && !isInHidden(file);
        }

        /** Below the folder that is searched, which may itself be hidden. */
        private boolean isInHidden(Path file) {
            for (Path at = file; at != null && !at.toString().equals(folder); at = at.getParent()) {
                if (isHidden(at)) {
                    return true;
                }
            }
            return false;
        }
    }
}
