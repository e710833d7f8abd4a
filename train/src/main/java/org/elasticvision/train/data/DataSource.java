package org.elasticvision.train.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.model.Task;

/**
 * Where a data set lies, as values that can be saved: nothing is looked at until {@link #open}.
 *
 * @param folder in a layout that {@link DatasetFolder#detect} knows; empty where {@code parts} are given
 * @param parts of MSCOCO, to learn from and to measure on; else empty
 * @param byOrder whether classes are paired with labels by their place alone
 * @param heldOut which of the images to learn from are those to measure on, where the data have no such part; both parts of MSCOCO are
 *     then the same
 */
public record DataSource(Optional<Path> folder, List<CocoFiles> parts, boolean byOrder, Optional<HeldOut> heldOut) {
    public DataSource {
        folder = folder.map(DataSource::absolute);
        parts = parts.stream()
                .map(part -> new CocoFiles(absolute(part.annotations()), absolute(part.images())))
                .toList();
        if (parts.size() != (folder.isPresent() ? 0 : 2)) {
            throw new IllegalArgumentException("a data source is a folder, or two parts of MSCOCO");
        }
    }

    /**
     * {@return a folder}
     *
     * @param folder of the data set
     */
    public static DataSource of(Path folder) {
        return new DataSource(Optional.of(folder), List.of(), false, Optional.empty());
    }

    /**
     * {@return two parts of MSCOCO, wherever they lie}
     *
     * @param training to learn from
     * @param validation to measure on
     */
    public static DataSource of(CocoFiles training, CocoFiles validation) {
        return new DataSource(Optional.empty(), List.of(training, validation), false, Optional.empty());
    }

    /**
     * {@return the same, with classes paired otherwise}
     *
     * @param value whether classes are paired with labels by their place alone
     */
    public DataSource withByOrder(boolean value) {
        return new DataSource(folder, parts, value, heldOut);
    }

    /**
     * {@return the same, with other images to measure on}
     *
     * @param value which of the images to learn from; empty for a part of their own
     */
    public DataSource withHeldOut(Optional<HeldOut> value) {
        return new DataSource(folder, parts, byOrder, value);
    }

    /** Means the same in another folder and on another day. */
    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /**
     * Finds out how the data lie there.
     *
     * @param task what the network is for
     * @param notes is told, a line each, of what is passed over
     * @return the data set
     * @throws DatasetException if there is none that fits the task
     */
    public DatasetFolder open(Task task, Consumer<String> notes) {
        DatasetOptions options = new DatasetOptions(byOrder, notes);
        if (folder.isEmpty()) {
            DatasetFolder coco = DatasetFolder.coco(parts.get(0), parts.get(1), options);
            return new DatasetFolder(coco.folder(), coco.layout(), coco.coco(), options, heldOut);
        }
        return heldOut.map(held -> DatasetFolder.detect(task, folder.get(), options, held))
                .orElseGet(() -> DatasetFolder.detect(task, folder.get(), options));
    }
}
