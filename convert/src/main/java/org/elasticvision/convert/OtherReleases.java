package org.elasticvision.convert;

import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/**
 * Weights that others released and whose pictures are prepared in another way than those of the published networks. The file
 * says nothing of it; but torchvision's releases have the beginning of their SHA-256 in their names.
 */
final class OtherReleases {
    private static final int CROP = 224;

    private OtherReleases() {}

    /** Empty for files that nothing is known of, torchvision's first weights among them: theirs is the published one. */
    static Optional<Preprocessing> preprocessing(String sha256) {
        OptionalInt resize = Architecture.resizedOtherwise(sha256);
        if (resize.isEmpty()) {
            return Optional.empty();
        }
        Preprocessing usual = Preprocessing.published(Task.CLASSIFICATION, CROP, CROP);
        return Optional.of(new Preprocessing(
                usual.fit(), resize.getAsInt(), CROP, CROP, usual.interpolation(), usual.mean(), usual.std()));
    }
}
