package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.PascalColors;
import org.elasticvision.runtime.Segmentation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;

/** Writes segmentations as pictures: {@code NAME.png}, the class indices, and {@code NAME.overlay.png}, to be looked at. */
final class OverlayFiles {
    private static final double ALPHA = 0.5;

    private final Path folder;
    private final Orientation orientation;
    private final Map<Path, String> names = new HashMap<>();

    /**
     * Makes the folder where it is missing.
     *
     * @param images all that will come; two of one name are numbered
     */
    OverlayFiles(Path folder, List<Path> images, Orientation orientation) {
        this.folder = folder;
        this.orientation = orientation;
        Set<String> taken = new HashSet<>();
        for (Path image : images) {
            names.computeIfAbsent(image, file -> free(stem(file), taken));
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ElasticVisionException(folder + ": this folder cannot be made; give another to --overlay", e);
        }
    }

    Path mask(Path image) {
        return folder.resolve(names.get(image) + ".png");
    }

    Path overlay(Path image) {
        return folder.resolve(names.get(image) + ".overlay.png");
    }

    void write(Path image, Segmentation answer) {
        PngFiles.write(answer.mask(), PascalColors.palette(), mask(image));
        PngFiles.write(answer.overlay(ImageSource.of(image).decode(orientation), ALPHA), overlay(image));
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String free(String stem, Set<String> taken) {
        String name = stem;
        for (int number = 2; !taken.add(name); number++) {
            name = stem + "-" + number;
        }
        return name;
    }
}
