package org.elasticvision.samples;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.elasticvision.runtime.LabelSet;
import org.elasticvision.runtime.MultiLabelClassifier;
import org.elasticvision.runtime.Score;
import org.elasticvision.runtime.image.ImageSource;

/** All that a photo shows, with a threshold of one's own for classes where a miss or a false alarm costs more. */
public final class LabelPhoto {
    private static final double THRESHOLD = 0.5;

    private LabelPhoto() {}

    /**
     * Prints the classes that reach their thresholds, the likeliest first.
     *
     * @param arguments a multi-label model, a photo, and any number of thresholds such as {@code person=0.9}
     */
    public static void main(String[] arguments) {
        Map<String, Double> thresholds = new HashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            int equals = arguments[i].lastIndexOf('=');
            thresholds.put(arguments[i].substring(0, equals), Double.valueOf(arguments[i].substring(equals + 1)));
        }
        try (MultiLabelClassifier model = MultiLabelClassifier.open(Path.of(arguments[0]))) {
            LabelSet answer = model.predict(ImageSource.of(Path.of(arguments[1])));
            for (Score score : answer.atLeast(0)) {
                String name = score.label().name();
                if (score.probability() >= thresholds.getOrDefault(name, THRESHOLD)) {
                    System.out.printf("%5.1f %%  %s%n", 100 * score.probability(), name);
                }
            }
        }
    }
}
