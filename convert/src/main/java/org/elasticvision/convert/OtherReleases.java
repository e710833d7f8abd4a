package org.elasticvision.convert;

import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/**
 * Weights that others released and whose pictures are prepared in another way than those of the published networks. The file
 * says nothing of it; but torchvision's releases have the beginning of their SHA-256 in their names.
 */
final class OtherReleases {
    private static final int CROP = 224;

    /** The short side before the crop, by the beginning of the file's SHA-256: torchvision's presets. */
    private static final Map<String, Integer> RESIZE = Map.of("1a0047aa", 232); // ResNeXt50_32X4D_Weights.IMAGENET1K_V2

    private OtherReleases() {}

    /** Empty for files that nothing is known of, torchvision's first weights among them: theirs is the published one. */
    static Optional<Preprocessing> preprocessing(String sha256) {
        Preprocessing usual = Preprocessing.published(Task.CLASSIFICATION, CROP, CROP);
        return RESIZE.entrySet().stream()
                .filter(release -> sha256.startsWith(release.getKey()))
                .findFirst()
                .map(release -> new Preprocessing(
                        usual.fit(), release.getValue(), CROP, CROP, usual.interpolation(), usual.mean(), usual.std()));
    }
}
