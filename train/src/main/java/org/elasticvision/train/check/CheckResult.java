package org.elasticvision.train.check;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.check.finding.Finding;
import org.elasticvision.train.check.finding.Severity;
import org.elasticvision.train.check.listing.ListedImage;
import org.elasticvision.train.data.DatasetFolder.Layout;

/**
 * What was found in a data set.
 *
 * @param task that a network would be trained for
 * @param layout of the data; empty where they could not be opened
 * @param heldOut the share of the training images that a run would hold out to validate on; empty where the data have a part for that
 * @param input of the network
 * @param classes in the network's order
 * @param training number of training images
 * @param validation number of validation images
 * @param sizes of the images that could be read; empty where there is none
 * @param findings the worst first
 * @param isCut whether more images may look alike than were compared
 */
public record CheckResult(
        Task task,
        Optional<Layout> layout,
        Optional<Double> heldOut,
        InputSize input,
        List<ClassFacts> classes,
        long training,
        long validation,
        Optional<Sizes> sizes,
        List<Finding> findings,
        boolean isCut) {
    public CheckResult {
        classes = List.copyOf(classes);
        findings = List.copyOf(findings);
    }

    /**
     * A class.
     *
     * @param name of it
     * @param training images that are of it, or have it
     * @param validation likewise
     * @param samples some of its training images, spread over all
     */
    public record ClassFacts(String name, long training, long validation, List<ListedImage> samples) {
        public ClassFacts {
            samples = List.copyOf(samples);
        }
    }

    /**
     * Sizes of images, as a run sees them.
     *
     * @param smallest by its area
     * @param largest by its area
     * @param longest with the largest ratio of its sides
     */
    public record Sizes(Size smallest, Size largest, Size longest) {}

    /**
     * An image's size.
     *
     * @param width in pixels
     * @param height in pixels
     * @param name of the image
     */
    public record Size(int width, int height, String name) {
        /** {@return the longer side over the shorter one} */
        public double ratio() {
            return (double) Math.max(width, height) / Math.min(width, height);
        }
    }

    /**
     * {@return the findings of a severity}
     *
     * @param severity which
     */
    public List<Finding> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    /** {@return whether a run would stop} */
    public boolean fails() {
        return !of(Severity.FAILS).isEmpty();
    }

    /** {@return what it comes to, in a sentence without a full stop} */
    public String verdict() {
        int fails = of(Severity.FAILS).size();
        int warnings = of(Severity.WARNING).size();
        if (fails > 0) {
            return "a run would fail: " + count(fails, "thing") + " to mend"
                    + (warnings > 0 ? ", and " + count(warnings, "warning") : "");
        }
        return warnings > 0
                ? "a run would go through: " + count(warnings, "warning")
                : "a run would go through: nothing to mend";
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }
}
