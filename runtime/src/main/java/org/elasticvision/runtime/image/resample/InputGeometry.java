package org.elasticvision.runtime.image.resample;

import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;

/** Which part of a resized image a network sees, and where it lies in the network's input. */
public final class InputGeometry {
    /** The most that a decoder shrinks by. */
    private static final int LARGEST_REDUCTION = 8;
    /**
     * How many times the wanted size a reduced image must still have at least, so that the exact filter does the last part
     * of the way: what Pillow's thumbnail takes too.
     */
    private static final int MARGIN = 2;

    private final Preprocessing preprocessing;

    public InputGeometry(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
    }

    public Span across(int imageWidth, int imageHeight) {
        int width = preprocessing.width();
        return switch (preprocessing.fit()) {
            case STRETCH -> Span.whole(width);
            case RESIZE_AND_CROP -> Span.centre(inProportion(imageWidth, Math.min(imageWidth, imageHeight)), width);
            case PAD -> Span.whole(shrunk(imageWidth, imageHeight, width, preprocessing.height()));
        };
    }

    public Span down(int imageWidth, int imageHeight) {
        int height = preprocessing.height();
        return switch (preprocessing.fit()) {
            case STRETCH -> Span.whole(height);
            case RESIZE_AND_CROP -> Span.centre(inProportion(imageHeight, Math.min(imageWidth, imageHeight)), height);
            case PAD -> Span.whole(shrunk(imageHeight, imageWidth, height, preprocessing.width()));
        };
    }

    /** The length of a side when the short side becomes {@code resize}; cut off, not rounded, as torchvision does. */
    private long inProportion(long side, long shortSide) {
        return side == shortSide ? preprocessing.resize() : preprocessing.resize() * side / shortSide;
    }

    /** The length of a side when the image is made just so small that both sides have room. */
    private static int shrunk(long side, long otherSide, int room, int otherRoom) {
        if (side <= room && otherSide <= otherRoom) {
            return (int) side;
        }
        boolean decides = side * otherRoom >= otherSide * room;
        return decides ? room : (int) Math.max(1, side * otherRoom / otherSide);
    }

    /** The published segmentation code pads by half the missing rows, rounded up, on both sides and cuts the surplus. */
    public Letterbox place(int width, int height) {
        int x = (1 + preprocessing.width() - width) / 2;
        int y = (1 + preprocessing.height() - height) / 2;
        return new Letterbox(x, y, width, height);
    }

    /** By how much a decoder may shrink an image: 1, 2, 4 or 8. */
    public int reduction(int imageWidth, int imageHeight) {
        if (preprocessing.interpolation() == Interpolation.NEAREST) {
            return 1; // it picks pixels, of which a reduced image has none
        }
        long width = MARGIN * across(imageWidth, imageHeight).size();
        long height = MARGIN * down(imageWidth, imageHeight).size();
        int reduction = LARGEST_REDUCTION;
        while (reduction > 1 && (imageWidth < reduction * width || imageHeight < reduction * height)) {
            reduction /= 2;
        }
        return reduction;
    }
}
