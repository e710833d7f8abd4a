package org.elasticvision.train.check.look;

import java.util.Optional;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.listing.ListedImage;

/**
 * What came of reading an image.
 *
 * @param image that was read
 * @param facts empty where it cannot be read
 * @param problem why a run cannot use it; empty where it can
 */
public record Looked(ListedImage image, Optional<ImageFacts> facts, Optional<Problem> problem) {
    /**
     * Why a run cannot use an image.
     *
     * @param kind what it is
     * @param name of the file that is to blame
     * @param detail what is wrong with it, without its name
     */
    public record Problem(FindingKind kind, String name, String detail) {
        static Problem of(FindingKind kind, String name, String message) {
            String own = message.startsWith(name) ? message.substring(name.length()) : message;
            return new Problem(kind, name, own.replaceFirst("^[: ]+", ""));
        }
    }
}
