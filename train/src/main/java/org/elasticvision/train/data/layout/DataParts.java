package org.elasticvision.train.data.layout;

import java.io.IOException;
import java.nio.file.Path;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.ImageFolder;
import org.elasticvision.runtime.dataset.VocSegmentation;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.DataFiles;
import org.elasticvision.runtime.dataset.layout.KnownLayouts;
import org.elasticvision.runtime.dataset.layout.PartFolder;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.ImageFileNames;
import org.elasticvision.runtime.io.FolderSearch;
import org.elasticvision.runtime.model.Task;

/** Which parts of a data set a folder has, in the layouts that are known. Stateless; all methods throw {@link DatasetException} where a folder cannot be read. */
public final class DataParts {
    private DataParts() {}

    /**
     * {@return whether there is a part with this name: for training also a folder whose folders are the classes}
     *
     * @param task what the network is for
     * @param folder of the data set
     * @param split which part
     */
    public static boolean has(Task task, Path folder, Split split) {
        DataFiles.requireFolder(folder);
        return switch (task) {
            case CLASSIFICATION ->
                IdxImages.isIn(folder, split)
                        || ImageFolder.part(folder, split).isPresent()
                        || (split == Split.TRAINING && isOneFolderOfClasses(folder));
            case MULTI_LABEL -> CocoFiles.find(folder, split).isPresent();
            case SEGMENTATION -> VocSegmentation.list(folder, split).isPresent();
        };
    }

    /**
     * {@return whether the folders in a folder are the classes themselves, without a part {@code train} around them}
     *
     * @param folder of the data set
     */
    public static boolean isOneFolderOfClasses(Path folder) {
        return ImageFolder.part(folder, Split.TRAINING).isEmpty()
                && ImageFolder.part(folder, Split.VALIDATION).isEmpty()
                && !KnownLayouts.isArranged(folder)
                && !PartFolder.holdsOnlyParts(folder)
                && PartFolder.folders(folder).stream().anyMatch(DataParts::hasImages);
    }

    /**
     * {@return the task that a folder is laid out for; classification where it is laid out for none}
     *
     * @param folder of the data set
     */
    public static Task task(Path folder) {
        boolean areClasses = IdxImages.isIn(folder, Split.TRAINING)
                || (ImageFolder.part(folder, Split.TRAINING).isPresent()
                        && ImageFolder.part(folder, Split.VALIDATION).isPresent());
        if (areClasses) {
            return Task.CLASSIFICATION;
        }
        if (has(Task.MULTI_LABEL, folder, Split.TRAINING)) {
            return Task.MULTI_LABEL;
        }
        return has(Task.SEGMENTATION, folder, Split.TRAINING) ? Task.SEGMENTATION : Task.CLASSIFICATION;
    }

    private static boolean hasImages(Path folder) {
        try {
            return FolderSearch.hasFiles(folder, ImageFileNames.EXTENSIONS);
        } catch (IOException e) {
            throw new DatasetException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
