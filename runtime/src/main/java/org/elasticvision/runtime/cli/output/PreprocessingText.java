package org.elasticvision.runtime.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.elasticvision.runtime.model.Preprocessing;

/** A preprocessing in words. */
public final class PreprocessingText {
    private PreprocessingText() {}

    public static String of(Preprocessing preprocessing) {
        String size = preprocessing.width() + "x" + preprocessing.height();
        String filter = preprocessing.interpolation().name().toLowerCase(Locale.ROOT);
        String fit =
                switch (preprocessing.fit()) {
                    case RESIZE_AND_CROP ->
                        "short side to " + preprocessing.resize() + " (" + filter + "), centre cut to " + size;
                    case STRETCH -> "stretched to " + size + " (" + filter + ")";
                    case PAD -> "centred on " + size + " of zeros, shrunk first if larger (" + filter + ")";
                };
        String view =
                switch (preprocessing.view()) {
                    case UPRIGHT -> "turned upright by EXIF, ";
                    case STORED -> "as stored (EXIF ignored), ";
                    case UNSTATED -> "";
                };
        return view + fit + "; (pixel / 255 - mean) / std, mean " + words(preprocessing.mean()) + ", std "
                + words(preprocessing.std());
    }

    private static String words(List<Float> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
