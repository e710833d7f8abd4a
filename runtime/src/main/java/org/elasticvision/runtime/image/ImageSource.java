package org.elasticvision.runtime.image;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * Where an image comes from: a file, encoded bytes, a {@link BufferedImage}, an OpenCV {@link Mat} or raw pixels. It is
 * read and decoded each time {@link #decode} is called, not before.
 *
 * <pre>{@code
 * ImageSource file = ImageSource.of(Path.of("photo.jpg"));
 * ImageSource upload = ImageSource.of(bytes, "upload 17"); // the name is for messages
 * ImageSource frame = ImageSource.of(new RgbImage(640, 480, pixels), "frame 4");
 * RgbImage upright = file.decode(Orientation.APPLY_EXIF);
 * }</pre>
 *
 * <p>Encoded images are JPEG, PNG, BMP, WebP, TIFF or PNM (PBM, PGM, PPM); of several pictures in a file the first counts.
 * Whatever they hold becomes 8-bit RGB as Pillow's {@code convert("RGB")} makes it: grey is repeated, palettes are looked
 * up, an alpha channel is dropped (not blended), CMYK is multiplied out (in JPEGs taken as Adobe's inverted kind), of 16-bit
 * channels the high byte is kept, where Pillow clips grey. Pixels of lossless formats are exact, those of JPEG and WebP
 * are what libjpeg-turbo and libwebp give. Embedded colour profiles are ignored. {@code docs/images.md} has the details.
 *
 * <p>The orientation that {@link Orientation#APPLY_EXIF} applies is that of the Exif part or, where that has none, of the XMP
 * part, in JPEG, PNG and WebP. A TIFF's is applied always, as Pillow does.
 *
 * <p>A file that is cut off, or a PNG with a wrong checksum, is refused. So is a JPEG whose coded pixels are interrupted by
 * something else or end before the picture does, of which libjpeg would paint the rest grey (with restart markers: unless
 * as many pixels are missing as damage inside of one interval costs). Other wrong bits among coded pixels cannot be told
 * from pixels: as with Pillow, they give a picture that is wrong from there on, and libjpeg says so in one line on the
 * process's standard error, which a library in Java cannot silence.
 *
 * <p>A source is thread-safe as long as nobody changes what it reads.
 */
public sealed interface ImageSource permits EncodedSource, BufferedImageSource, MatSource, RgbSource {
    /** The most pixels that {@link #decode(Orientation)} accepts: 2²⁸·⅔, the limit of Pillow. */
    long MAX_PIXELS = 178_956_970;

    /** The most bytes that are read of a file, more than any image of {@link #MAX_PIXELS} needs. */
    int MAX_BYTES = 1 << 30;

    /**
     * {@return an image file}
     *
     * @param file a JPEG, PNG, BMP, WebP, TIFF or PNM
     */
    static ImageSource of(Path file) {
        return new EncodedFile(Objects.requireNonNull(file, "file"));
    }

    /**
     * {@return the bytes of an image file}
     *
     * @param encoded kept, not copied
     * @param name what messages call the image
     */
    static ImageSource of(byte[] encoded, String name) {
        return of(encoded, name, MAX_PIXELS);
    }

    /**
     * {@return the bytes of an image file that others send, with a limit of its own}
     *
     * @param encoded kept, not copied
     * @param name what messages call the image
     * @param maxPixels more than so many pixels are refused, whoever decodes it
     */
    static ImageSource of(byte[] encoded, String name, long maxPixels) {
        return new EncodedBytes(
                Objects.requireNonNull(encoded, "encoded"), Objects.requireNonNull(name, "name"), maxPixels);
    }

    /**
     * {@return a picture of Java's own} Its alpha is dropped (premultiplied levels are divided by it). Grey and RGB levels are
     * taken as they are, whatever their profile: fractions of 0 to 1 times 255, of more than 8 bits the high ones. Colours of
     * other spaces are converted by these.
     *
     * @param image kept, not copied: leave it alone until it has been decoded
     */
    static ImageSource of(BufferedImage image) {
        return new BufferedImageSource(Objects.requireNonNull(image, "image"));
    }

    /**
     * {@return OpenCV's picture: 8-bit BGR, grey or BGRA ({@code CV_8UC3}, {@code CV_8UC1}, {@code CV_8UC4}), rows may
     * be padded}
     *
     * @param bgr stays the caller's, who keeps it open until {@link #decode} has returned
     */
    static ImageSource of(Mat bgr) {
        return new MatSource(Objects.requireNonNull(bgr, "bgr"));
    }

    /**
     * {@return raw pixels, such as a camera's frame}
     *
     * @param image kept, not copied: leave its pixels alone until {@link #decode} or a prediction has returned
     * @param name what messages call the image
     */
    static ImageSource of(RgbImage image, String name) {
        Objects.requireNonNull(image, "image");
        return of(() -> image, name);
    }

    /**
     * {@return raw pixels that are made, or fetched, each time {@link #decode} is called}
     *
     * @param pixels called by the threads that decode; its exceptions go to their callers
     * @param name what messages call the image
     */
    static ImageSource of(Supplier<RgbImage> pixels, String name) {
        return new RgbSource(Objects.requireNonNull(pixels, "pixels"), Objects.requireNonNull(name, "name"));
    }

    /** {@return what messages call this image: the path of a file} */
    String name();

    /**
     * {@return what tells this image from another one: the bytes of an image file or, of all else, the pixels}
     *
     * @throws ImageException if it cannot be read
     */
    default byte[] content() {
        return decode(Orientation.IGNORE_EXIF).pixels();
    }

    /**
     * Reads and decodes the image; at most {@link #MAX_PIXELS} pixels.
     *
     * @param orientation whether the rotation that a camera noted is applied
     * @return its pixels
     * @throws ImageException if there is no usable image: missing, not an image, damaged, cut off or too large
     */
    default RgbImage decode(Orientation orientation) {
        return decode(orientation, MAX_PIXELS);
    }

    /**
     * Reads and decodes the image. Its size is checked before memory is taken for its pixels (6 bytes each while decoding,
     * 3 afterwards).
     *
     * @param orientation has no effect on a {@link BufferedImage}, a {@link Mat} or raw pixels, which carry no EXIF
     *     data
     * @param maxPixels more than so many pixels are refused
     * @return its pixels
     * @throws ImageException if there is no usable image: missing, not an image, damaged, cut off or too large
     */
    RgbImage decode(Orientation orientation, long maxPixels);
}
