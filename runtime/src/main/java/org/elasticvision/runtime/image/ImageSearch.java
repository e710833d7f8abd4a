package org.elasticvision.runtime.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.FolderSearch;

/** Finds the images that a folder holds. */
public final class ImageSearch {
    private ImageSearch() {}

    /**
     * {@return the image files in a folder and the folders in it, in the order of their paths, without hidden ones}
     * Links are followed. Files are images by their extension: {@link ImageFileNames}.
     *
     * @param folder the folder
     * @throws ElasticVisionException if there are none, or the folder is missing or cannot be read
     */
    public static List<Path> inFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ElasticVisionException(folder + (Files.exists(folder) ? ": is not a folder" : " does not exist")
                    + "; give a folder of images");
        }
        try {
            List<Path> images = FolderSearch.files(folder, ImageFileNames.EXTENSIONS);
            if (images.isEmpty()) {
                throw new ElasticVisionException(
                        folder + ": no images in this folder (looked for " + ImageFileNames.list() + ")");
            }
            return images;
        } catch (AccessDeniedException e) {
            throw new ElasticVisionException(
                    folder + ": cannot be searched for images: " + e.getFile() + " may not be read; allow it", e);
        } catch (IOException e) {
            throw new ElasticVisionException(
                    folder + ": cannot be searched for images (" + e.getMessage() + "); give the images themselves", e);
        }
    }
}
