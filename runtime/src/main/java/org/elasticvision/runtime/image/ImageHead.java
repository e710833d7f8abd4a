package org.elasticvision.runtime.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.codec.format.ImageFormats;
import org.elasticvision.runtime.image.codec.jpeg.JpegFrame;

/**
 * What an image file says before it is decoded: its size, and how it is turned upright. A file that says so is not yet
 * known to be whole.
 *
 * @param width of the stored pixels
 * @param height of the stored pixels
 * @param turned whether the upright picture is not the stored one: turned, mirrored or both
 * @param sidesSwapped whether the upright picture is as wide as the stored one is high
 */
public record ImageHead(int width, int height, boolean turned, boolean sidesSwapped) {
    /** Room for a camera's EXIF data with a thumbnail, and a colour profile; a photo's pixels are 30 times as much. */
    private static final int JPEG_HEAD_BYTES = 128 << 10;
    /** Enough for most: a folder of a million photos is then looked at without reading all of it. */
    private static final int USUAL_HEAD_BYTES = 8 << 10;

    /**
     * Reads as little of a file as will do: of a JPEG the part before its pixels.
     *
     * @param file an image file
     * @return empty where it cannot be read or is not an image, which decoding it will report
     */
    public static Optional<ImageHead> read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            return Optional.of(of(inspect(file)));
        } catch (IOException | DamagedImage | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static ImageHead of(EncodedImage image) {
        boolean turned = !image.exif().equals(ExifOrientation.UPRIGHT);
        return new ImageHead(
                (int) image.width(), (int) image.height(), turned, image.exif().turned());
    }

    private static EncodedImage inspect(Path file) throws IOException, DamagedImage {
        SizeLimit limit = new SizeLimit(file.toString(), ImageSource.MAX_PIXELS);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(USUAL_HEAD_BYTES);
            if (JpegFrame.begins(new ImageBytes("image", start))) {
                return inspectHead(start, in, limit);
            }
        } catch (DamagedImage longHead) {
            // all of the file says more
        }
        return ImageFormats.inspect(new EncodedFile(file).encoded(), limit);
    }

    private static EncodedImage inspectHead(byte[] start, InputStream rest, SizeLimit limit)
            throws IOException, DamagedImage {
        try {
            return JpegFrame.inspectHead(start, limit);
        } catch (DamagedImage longHead) {
            byte[] longer = Arrays.copyOf(start, JPEG_HEAD_BYTES);
            int read = rest.readNBytes(longer, start.length, JPEG_HEAD_BYTES - start.length);
            return JpegFrame.inspectHead(Arrays.copyOf(longer, start.length + read), limit);
        }
    }

    /**
     * {@return the width in pixels of the decoded picture}
     *
     * @param orientation how it is decoded
     */
    public int width(Orientation orientation) {
        return isSwapped(orientation) ? height : width;
    }

    /**
     * {@return the height in pixels of the decoded picture}
     *
     * @param orientation how it is decoded
     */
    public int height(Orientation orientation) {
        return isSwapped(orientation) ? width : height;
    }

    private boolean isSwapped(Orientation orientation) {
        return sidesSwapped && orientation == Orientation.APPLY_EXIF;
    }
}
