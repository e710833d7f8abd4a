package org.elasticvision.runtime.cli.output;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.io.name.FileNames;

/** Writes segmentations as pictures: {@code NAME.png}, the class indices, and {@code NAME.overlay.png}, to be looked at. */
public final class OverlayFiles {
    private static final double ALPHA = 0.5;
    private static final String OVERLAY = ".overlay";

    private final Path folder;
    private final Orientation orientation;
    private final Map<Path, String> names = new HashMap<>();

    /**
     * Chooses names.
     *
     * @param folder where the pictures go
     * @param images all that will come; two of one name are numbered
     * @throws ElasticVisionException if an image that is to be read would be overwritten
     */
    public OverlayFiles(Path folder, List<Path> images, Orientation orientation) {
        this.folder = folder;
        this.orientation = orientation;
        Set<String> taken = new HashSet<>();
        for (Path image : images) {
            names.computeIfAbsent(image, file -> free(FileNames.stem(file), taken));
        }
        requireNoImageIsOverwritten();
    }

    Path mask(Path image) {
        return folder.resolve(names.get(image) + ".png");
    }

    Path overlay(Path image) {
        return folder.resolve(names.get(image) + OVERLAY + ".png");
    }

    public void write(Path image, Segmentation answer) {
        PngFiles.write(answer.mask(), PascalColors.palette(), mask(image));
        PngFiles.write(answer.overlay(ImageSource.of(image).decode(orientation), ALPHA), overlay(image));
    }

    private void requireNoImageIsOverwritten() {
        Set<Path> sources = names.keySet().stream().map(FileNames::place).collect(Collectors.toSet());
        for (Path image : names.keySet()) {
            for (Path output : List.of(mask(image), overlay(image))) {
                if (sources.contains(FileNames.place(output))) {
                    throw new ElasticVisionException(folder + ": writing " + output.getFileName()
                            + " here would overwrite an image that is to be read; give another folder to --overlay");
                }
            }
        }
    }

    private static String free(String stem, Set<String> taken) {
        String name = stem;
        for (int number = 2; taken.contains(name) || taken.contains(name + OVERLAY); number++) {
            name = stem + "-" + number;
        }
        taken.add(name);
        taken.add(name + OVERLAY); // 'a.overlay.jpg' must not take the place of what 'a.jpg' gives
        return name;
    }
}
