package org.elasticvision.convert.cli.conversion;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Images to calibrate with, and those on which the int8 model is compared with the fp32 model.
 *
 * @param chosen to calibrate with
 * @param compared if possible none of the chosen
 * @param seen whether the compared are among the chosen, as there are no others
 */
public record CalibrationImages(List<ImageSource> chosen, List<ImageSource> compared, boolean seen) {
    /** How many are chosen where nobody says. */
    public static final int USUAL = 256;

    private static final int COMPARED = 16;

    public CalibrationImages {
        chosen = List.copyOf(chosen);
        compared = List.copyOf(compared);
    }

    /**
     * Lists them; none is read yet.
     *
     * @param named images and folders of them
     * @param most to calibrate with
     */
    public static CalibrationImages of(List<Path> named, int most) {
        List<ImageSource> all = ImageFiles.sources(named);
        List<ImageSource> chosen = ImageFiles.spread(all, most);
        Set<ImageSource> used = new HashSet<>(chosen);
        List<ImageSource> others =
                all.stream().filter(image -> !used.contains(image)).toList();
        boolean seen = others.isEmpty();
        return new CalibrationImages(chosen, ImageFiles.spread(seen ? chosen : others, COMPARED), seen);
    }

    /** {@return such as {@code on 16 images that it has not seen}} */
    public String where() {
        return "on " + count(compared) + " " + (seen ? "that it was calibrated with" : "that it has not seen");
    }

    /** {@return such as {@code 16 images}} */
    public static String count(List<ImageSource> images) {
        return images.size() + (images.size() == 1 ? " image" : " images");
    }
}
