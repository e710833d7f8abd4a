package org.elasticvision.runtime.image;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which files of a folder count as images: one list for predictions, calibration, evaluation, training and frames, so that
 * all see the same ones. It holds torchvision's, with the names that JPEGs and Netpbm files have besides.
 */
public final class ImageFileNames {
    /** How their names end, in lower case, without a dot; in names the case does not matter. */
    public static final Set<String> EXTENSIONS =
            Set.of("bmp", "jfif", "jpeg", "jpg", "pbm", "pgm", "png", "pnm", "ppm", "tif", "tiff", "webp");

    private ImageFileNames() {}

    /** {@return the extensions as messages list them} */
    public static String list() {
        return EXTENSIONS.stream().sorted().collect(Collectors.joining(", "));
    }
}
