package org.elasticvision.samples;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.MultiLabelClassifier;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;

/** All that a photo shows, with a threshold of one's own for classes where a miss or a false alarm costs more. */
public final class LabelPhoto {
    private static final double USUAL_THRESHOLD = 0.5;
    private static final Pattern THRESHOLD = Pattern.compile("(.+)=(\\d*\\.?\\d+)");

    private LabelPhoto() {}

    /**
     * Prints the classes that reach their thresholds, the likeliest first.
     *
     * @param arguments a multi-label model, a photo, and any number of thresholds such as {@code person=0.9}
     */
    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println("usage: LabelPhoto MODEL PHOTO [CLASS=THRESHOLD ...]");
            System.exit(2);
        }
        Map<String, Double> thresholds = new HashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            Matcher threshold = THRESHOLD.matcher(arguments[i]);
            if (!threshold.matches()) {
                System.err.println(
                        "'" + arguments[i] + "' is not a threshold: give a class and a number, as person=0.9");
                System.exit(2);
            }
            thresholds.put(threshold.group(1), Double.valueOf(threshold.group(2)));
        }
        try (MultiLabelClassifier model = MultiLabelClassifier.open(Path.of(arguments[0]))) {
            LabelSet answer = model.predict(ImageSource.of(Path.of(arguments[1])));
            for (Score score : answer.atLeast(0)) {
                String name = score.label().name();
                if (score.probability() >= thresholds.getOrDefault(name, USUAL_THRESHOLD)) {
                    System.out.printf("%5.1f %%  %s%n", 100 * score.probability(), name);
                }
            }
        } catch (ElasticVisionException e) { // whatever it is, its message says what to do
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
