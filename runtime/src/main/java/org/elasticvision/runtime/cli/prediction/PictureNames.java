package org.elasticvision.runtime.cli.prediction;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.name.FileNames;

/** Names of the pictures that are written about images: the image's own without its ending, and an ending that says what it is. */
final class PictureNames {
    static final String MASK = ".png";
    static final String OVERLAY = ".overlay.png";
    static final String ANNOTATED = ".annotated.png";
    static final String ANNOTATED_VIDEO = ".annotated.mp4";

    /** All of them, so that the files of several options get along in one folder. */
    private static final List<String> ENDINGS = List.of(MASK, OVERLAY, ANNOTATED, ANNOTATED_VIDEO);

    private static final String STANDARD_INPUT = "stdin";

    private final Path folder;
    private final Map<Path, String> names = new HashMap<>();

    /**
     * Chooses names.
     *
     * @param option that names the folder
     * @param folder where the pictures go
     * @param inputs all images and videos that will come; two of one name are numbered
     * @param endings that will be written
     * @throws ElasticVisionException if an image that is to be read would be overwritten
     */
    PictureNames(String option, Path folder, List<Path> inputs, List<String> endings) {
        this.folder = folder;
        Set<String> taken = new HashSet<>();
        for (Path input : inputs) {
            names.computeIfAbsent(input, file -> free(stem(file), taken));
        }
        requireNoImageIsOverwritten(option, endings);
    }

    Path file(InputImage image, String ending) {
        return folder.resolve(names.get(image.path()) + ending);
    }

    private void requireNoImageIsOverwritten(String option, List<String> endings) {
        Set<Path> sources = names.keySet().stream().map(FileNames::place).collect(Collectors.toSet());
        for (String name : names.values()) {
            for (String ending : endings) {
                if (sources.contains(FileNames.place(folder.resolve(name + ending)))) {
                    throw new ElasticVisionException(folder + ": writing " + name + ending
                            + " here would overwrite a file that is to be read; give another folder to " + option);
                }
            }
        }
    }

    private static String stem(Path image) {
        return StandardInput.isMeant(image) ? STANDARD_INPUT : FileNames.stem(image);
    }

    /** 'a.overlay.jpg' must not take the place of what 'a.jpg' gives. */
    private static String free(String stem, Set<String> taken) {
        String name = stem;
        for (int number = 2; isTaken(name, taken); number++) {
            name = stem + "-" + number;
        }
        for (String ending : ENDINGS) {
            taken.add(name + ending);
        }
        return name;
    }

    private static boolean isTaken(String name, Set<String> taken) {
        return ENDINGS.stream().anyMatch(ending -> taken.contains(name + ending));
    }
}
