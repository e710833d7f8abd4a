package org.elasticvision.train.check.look;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.dataset.MaskViews;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.image.ImageHead;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.form.StoredForm;
import org.elasticvision.runtime.image.hash.PerceptualHash;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.listing.ListedImage;
import org.elasticvision.train.check.look.ImageFacts.MaskFacts;
import org.elasticvision.train.check.look.Looked.Problem;

/**
 * Reads images as training reads them: whole, so that what it would refuse is found. Thread-safe.
 *
 * @param orientation the view of photos that the network would learn from
 * @param classes that masks may have
 */
public record ImageLook(Orientation orientation, int classes) {
    /** Pictures with a shorter side are drawn in few pixels: many of them look alike that are not copies, such as digits. */
    private static final int SMALLEST_ALIKE = 48;

    /**
     * {@return what an image says, or why it cannot be used}
     *
     * @param image of a data set
     */
    public Looked look(ListedImage image) {
        RgbImage picture;
        Optional<StoredForm> form = Optional.empty();
        try {
            if (image.file().isPresent()) {
                byte[] encoded = image.source().content();
                picture = ImageSource.of(encoded, image.name()).decode(orientation);
                form = Optional.of(StoredForm.of(encoded));
            } else {
                picture = image.source().decode(orientation);
            }
        } catch (ImageException e) {
            return new Looked(
                    image,
                    Optional.empty(),
                    Optional.of(Problem.of(FindingKind.UNREADABLE_IMAGE, image.name(), e.getMessage())));
        }
        Optional<ImageHead> head = image.file().flatMap(ImageHead::read);
        Optional<MaskFacts> mask = Optional.empty();
        Optional<Problem> problem = Optional.empty();
        if (image.mask().isPresent()) {
            try {
                mask = Optional.of(mask(
                        new SegmentedImage(
                                image.file().orElseThrow(), image.mask().get()),
                        picture));
            } catch (MaskProblem e) {
                problem = Optional.of(e.problem);
            }
        }
        boolean isLarge = Math.min(picture.width(), picture.height()) >= SMALLEST_ALIKE;
        ImageFacts facts = new ImageFacts(
                picture.width(),
                picture.height(),
                head.map(ImageHead::width).orElse(picture.width()),
                head.map(ImageHead::height).orElse(picture.height()),
                head.filter(ImageHead::turned).isPresent(),
                form,
                digest(picture.width(), picture.height(), picture.pixels()),
                isLarge ? PerceptualHash.of(PerceptualHash.reduced(picture)) : OptionalLong.empty(),
                mask);
        return new Looked(image, Optional.of(facts), problem);
    }

    /** As {@code SegmentationData} checks it. */
    private MaskFacts mask(SegmentedImage example, RgbImage picture) throws MaskProblem {
        Path file = example.mask();
        IndexImage mask;
        try {
            mask = PngFiles.readIndices(file);
        } catch (ImageException e) {
            throw new MaskProblem(FindingKind.UNREADABLE_MASK, file, e.getMessage());
        }
        try {
            MaskViews.requireSameSize(example, picture.width(), picture.height(), mask.width(), mask.height());
        } catch (DatasetException e) {
            throw new MaskProblem(FindingKind.MASK_SIZE, file, e.getMessage());
        }
        BitSet seen = new BitSet();
        for (byte index : mask.indices()) {
            seen.set(Byte.toUnsignedInt(index));
        }
        seen.clear(SegmentationMetrics.VOID);
        if (seen.length() > classes) {
            throw new MaskProblem(
                    FindingKind.MASK_VALUE,
                    file,
                    "has pixels of "
                            + seen.stream()
                                    .filter(index -> index >= classes)
                                    .boxed()
                                    .toList() + ", and there are " + classes + " classes");
        }
        return new MaskFacts(seen.stream().boxed().toList(), digest(mask.width(), mask.height(), mask.indices()));
    }

    private static long digest(int width, int height, byte[] pixels) {
        String hex = new ContentHash().add(width).add(height).add(pixels).hex();
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex, 0, 2 * Long.BYTES)).getLong();
    }

    /** Why a mask cannot be used. */
    private static final class MaskProblem extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        MaskProblem(FindingKind kind, Path file, String message) {
            super(message);
            this.problem = Problem.of(kind, file.toString(), message);
        }
    }
}
