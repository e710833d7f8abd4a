package org.elasticvision.runtime.dataset.layout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.elasticvision.runtime.base.DatasetException;

/** Finds the files that a data set's lists name, and remembers which of them are not there. Not thread-safe. */
public final class DataFiles {
    /** By Unicode code point, as Python sorts strings and UTF-8 sorts bytes; {@link String#compareTo} differs. */
    public static final Comparator<String> CODE_POINT_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final Path root;
    private int named;
    private int missing;
    private String firstMissing = "";
    private Path firstElsewhere;

    public DataFiles(Path root) {
        this.root = root;
    }

    public static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? " is not a folder" : " does not exist";
            throw new DatasetException(folder + what + "; give the folder of the data set");
        }
    }

    /**
     * The file of that name under the root. That it is missing is not said at once but by {@link #requireAll()}, which can
     * tell one lost file from a wrong folder.
     *
     * @param where what names it, for messages
     * @throws DatasetException if the name leads out of the root
     */
    public Path find(String name, String where) {
        Path file;
        try {
            file = root.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new DatasetException(where + ": '" + name + "' cannot be a file name; correct it", e);
        }
        if (Path.of(name).isAbsolute() || !file.startsWith(root.normalize()) || file.equals(root.normalize())) {
            throw new DatasetException(where + ": '" + name + "' is not inside " + root + "; correct it");
        }
        named++;
        if (!Files.isRegularFile(file)) {
            if (missing++ == 0) {
                firstMissing = where + ": " + file;
                Path own = root.resolve(file.getFileName());
                firstElsewhere = !own.equals(file) && Files.isRegularFile(own) ? own : null;
            }
        }
        return file;
    }

    /** Throws if a file was missing. */
    public void requireAll() {
        if (missing > 0) {
            String number = missing == 1 ? "" : " (and " + (missing - 1) + " more of " + named + ")";
            String elsewhere = firstElsewhere == null
                    ? ""
                    : ", while " + firstElsewhere
                            + " is there: names in the list begin higher up, so give a folder above";
            throw new DatasetException(
                    firstMissing + " is missing" + number + elsewhere + "; add it or correct the list");
        }
    }
}
