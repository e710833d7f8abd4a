package org.elasticvision.runtime.answer;

import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Label;

/** One class for each pixel of the image as it was given, whatever size the network works at. */
public final class Segmentation implements Prediction {
    private static final String BACKGROUND = "background";

    private final int width;
    private final int height;
    private final byte[] classMap;
    private final List<Label> labels;
    private final long[] pixels;

    /**
     * @param classMap {@code width * height} class indices, unsigned, row-major; kept, not copied
     * @param labels in class order, at most 256
     */
    Segmentation(int width, int height, byte[] classMap, List<Label> labels) {
        if (classMap.length != (long) width * height) {
            throw new IllegalArgumentException(width + "x" + height + " pixels do not fit a map of " + classMap.length);
        }
        this.width = width;
        this.height = height;
        this.classMap = classMap;
        this.labels = List.copyOf(labels);
        this.pixels = new long[labels.size()];
        for (byte index : classMap) {
            pixels[index & 0xFF]++;
        }
    }

    /**
     * Reads a network's output: cuts the image out of the padding and brings the classes back to its size.
     *
     * @param scores {@code [classes, height, width]} from index 0; not kept
     * @param framing how the image lies in it
     * @param labels in class order, at most 256
     * @return the answer, of the image's size
     * @throws ArithmeticException if a pixel has no score that is a number
     */
    public static Segmentation of(FloatBuffer scores, Framing framing, List<Label> labels) {
        byte[] seen = ClassMaps.argmax(scores, labels.size(), framing.width(), framing.height(), framing.seen());
        return of(framing, seen, labels);
    }

    /**
     * As {@link #of(FloatBuffer, Framing, List)}, from the classes that the network found likeliest.
     *
     * @param classes {@code [height, width]}, unsigned
     * @param framing how the image lies in it
     * @param labels in class order, at most 256
     * @return the answer, of the image's size
     */
    public static Segmentation of(byte[] classes, Framing framing, List<Label> labels) {
        return of(framing, ClassMaps.cut(classes, framing.width(), framing.seen()), labels);
    }

    private static Segmentation of(Framing framing, byte[] seen, List<Label> labels) {
        byte[] classMap = ClassMaps.atSizeOfImage(seen, framing);
        return new Segmentation(framing.imageWidth(), framing.imageHeight(), classMap, labels);
    }

    /**
     * A class and how much of the image it covers.
     *
     * @param label the class
     * @param index of the class in the network's output
     * @param share of the image's pixels, above 0 and at most 1
     */
    public record Area(Label label, int index, double share) {}

    /** {@return the width of the image in pixels} */
    public int width() {
        return width;
    }

    /** {@return the height of the image in pixels} */
    public int height() {
        return height;
    }

    /** {@return the classes that the map's numbers stand for} */
    public List<Label> labels() {
        return labels;
    }

    /**
     * {@return the class of one pixel, counted from the top left}
     *
     * @param x counted from the left
     * @param y counted from the top
     */
    public int classAt(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException("pixel " + x + "," + y + " is outside of " + width + "x" + height);
        }
        return classMap[y * width + x] & 0xFF;
    }

    /** {@return class indices, unsigned, row-major from the top left} The answer's own array, not a copy. */
    public byte[] classMap() {
        return classMap;
    }

    /** {@return the class map as an image, to be written with {@code PngFiles} and {@link PascalColors#palette()}} */
    public IndexImage mask() {
        return new IndexImage(width, height, classMap);
    }

    /** {@return the classes that cover any of the image, the largest first} */
    public List<Area> areas() {
        return IntStream.range(0, pixels.length)
                .filter(index -> pixels[index] > 0)
                .mapToObj(index -> new Area(labels.get(index), index, share(index)))
                .sorted(Comparator.comparingDouble(Area::share).reversed())
                .toList();
    }

    /**
     * {@return how much of the image one class covers, 0..1}
     *
     * @param classIndex counted from 0
     */
    public double share(int classIndex) {
        return (double) pixels[classIndex] / classMap.length;
    }

    /**
     * {@return the image with each class's PASCAL colour laid over it; a class called background leaves it as it is}
     *
     * @param image of this segmentation's size
     * @param alpha how much of the colour, 0..1
     */
    public RgbImage overlay(RgbImage image, double alpha) {
        if (image.width() != width || image.height() != height) {
            throw new IllegalArgumentException("the image is " + image.width() + "x" + image.height()
                    + ", the segmentation " + width + "x" + height);
        }
        return MaskOverlay.of(image, mask(), this::isPainted, alpha);
    }

    /**
     * {@return whether {@link #overlay} lays a colour over a class: all but one called background}
     *
     * @param classIndex counted from 0
     */
    public boolean isPainted(int classIndex) {
        return !labels.get(classIndex).name().equals(BACKGROUND);
    }

    @Override
    public String toString() {
        return "Segmentation " + width + "x" + height + " " + areas();
    }
}
