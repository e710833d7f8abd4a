package org.elasticvision.runtime.dataset;

import java.util.List;
import java.util.Objects;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.image.ImageHead;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.View;

/**
 * On which view of its picture a mask was drawn, where EXIF turns the picture: the upright one, which labelling tools show,
 * or the stored one. The sides tell where EXIF swaps them; of a picture that is mirrored, upside down or square they do not.
 */
public final class MaskViews {
    private MaskViews() {}

    /** What is known of the mask of a turned picture. */
    private enum Fit {
        UPRIGHT,
        STORED,
        EITHER,
        NEITHER,
        TURNED_ITSELF
    }

    private record Seen(SegmentedImage example, Fit fit) {}

    /**
     * Looks at the heads of the images and, of those that are turned, of the masks.
     *
     * @param examples the images with their masks
     * @param orientation how the images are decoded
     * @return how many are turned; masks that fit neither view are left to who reads them
     * @throws DatasetException naming the first mask of the other view, or one that is to be turned as well
     */
    public static TurnedImages check(List<SegmentedImage> examples, Orientation orientation) {
        List<Seen> turned = examples.parallelStream()
                .map(MaskViews::look)
                .filter(Objects::nonNull)
                .toList();
        List<Seen> wrong = of(other(orientation), turned);
        if (!wrong.isEmpty()) {
            boolean all = of(own(orientation), turned).isEmpty();
            throw new DatasetException(wrong.get(0).example().mask() + belongs(other(orientation)) + ", as "
                    + wrong.size() + (wrong.size() == 1 ? " mask does; " : " masks do; ")
                    + (all ? remedy(orientation) : "others belong to the other view: draw all on one"));
        }
        List<Seen> twice = of(Fit.TURNED_ITSELF, turned);
        if (!twice.isEmpty() && orientation == Orientation.APPLY_EXIF) {
            throw new DatasetException(twice.get(0).example().mask() + ": this mask is turned by EXIF data of its own,"
                    + " which masks may not have; write it upright, without them");
        }
        boolean told = !of(own(orientation), turned).isEmpty();
        int unclear = told ? 0 : of(Fit.EITHER, turned).size();
        return new TurnedImages(examples.size(), turned.size(), unclear);
    }

    /**
     * Refuses to guess where nobody says which view it is.
     *
     * @param turned what {@link #check} has found
     * @param stated what the model file or the person says
     * @throws DatasetException if the view is not stated and masks do not tell it either
     */
    public static void requireTold(TurnedImages turned, View stated) {
        if (stated == View.UNSTATED && turned.unclearMasks() > 0) {
            throw new DatasetException(
                    turned.unclearMasks() + (turned.unclearMasks() == 1 ? " mask is" : " masks are")
                            + " of images that EXIF turns, and neither their sides nor the model file tell on which view they"
                            + " were drawn; give --exif apply (upright, as most tools show images) or --exif ignore (as stored)");
        }
    }

    private static List<Seen> of(Fit fit, List<Seen> all) {
        return all.stream().filter(seen -> seen.fit() == fit).toList();
    }

    /** Null where the picture is not turned. */
    private static Seen look(SegmentedImage example) {
        return ImageHead.read(example.image())
                .filter(ImageHead::turned)
                .map(image -> new Seen(
                        example,
                        ImageHead.read(example.mask())
                                .map(mask -> fit(image, mask))
                                .orElse(Fit.NEITHER)))
                .orElse(null);
    }

    private static Fit fit(ImageHead image, ImageHead mask) {
        if (mask.turned()) {
            return Fit.TURNED_ITSELF;
        }
        boolean upright = fits(image, mask.width(), mask.height(), Orientation.APPLY_EXIF);
        boolean stored = fits(image, mask.width(), mask.height(), Orientation.IGNORE_EXIF);
        if (upright) {
            return stored ? Fit.EITHER : Fit.UPRIGHT;
        }
        return stored ? Fit.STORED : Fit.NEITHER;
    }

    private static boolean fits(ImageHead image, int width, int height, Orientation orientation) {
        return image.width(orientation) == width && image.height(orientation) == height;
    }

    private static Fit own(Orientation orientation) {
        return switch (orientation) {
            case APPLY_EXIF -> Fit.UPRIGHT;
            case IGNORE_EXIF -> Fit.STORED;
        };
    }

    private static Fit other(Orientation orientation) {
        return own(orientation) == Fit.UPRIGHT ? Fit.STORED : Fit.UPRIGHT;
    }

    private static String belongs(Fit view) {
        return view == Fit.UPRIGHT
                ? ": belongs to its image as EXIF turns it upright, but images are read as they are stored"
                : ": belongs to its image as it is stored, but images are turned upright by EXIF";
    }

    private static String remedy(Orientation orientation) {
        return switch (orientation) {
            case APPLY_EXIF -> "give --exif ignore";
            case IGNORE_EXIF -> "give --exif apply";
        };
    }

    /**
     * Holds the sides of one mask against those of its decoded image.
     *
     * @param example the image with its mask
     * @param width of the decoded image
     * @param height of the decoded image
     * @param maskWidth of the mask
     * @param maskHeight of the mask
     * @throws DatasetException if they differ; it says so where EXIF is the reason
     */
    public static void requireSameSize(SegmentedImage example, int width, int height, int maskWidth, int maskHeight) {
        if (maskWidth == width && maskHeight == height) {
            return;
        }
        if (maskWidth == height && maskHeight == width) {
            ImageHead.read(example.image()).filter(ImageHead::sidesSwapped).ifPresent(image -> {
                Orientation orientation = fits(image, width, height, Orientation.APPLY_EXIF)
                        ? Orientation.APPLY_EXIF
                        : Orientation.IGNORE_EXIF;
                throw new DatasetException(example.mask() + belongs(other(orientation)) + "; " + remedy(orientation));
            });
        }
        throw new DatasetException(example.mask() + " is " + maskWidth + "x" + maskHeight + " pixels, its image "
                + width + "x" + height + "; mask and image must be of one size");
    }
}
