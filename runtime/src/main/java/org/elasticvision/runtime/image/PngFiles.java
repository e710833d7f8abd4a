package org.elasticvision.runtime.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.JdkImages;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.codec.format.ImageFormats;
import org.elasticvision.runtime.image.codec.format.PngFrame;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * PNG files: pictures, and masks whose pixels are class indices. A file is written under another name and moved into place
 * when it is whole. Thread-safe.
 */
public final class PngFiles {
    private static final int COLOURS = 256;

    private PngFiles() {}

    /**
     * Writes a picture.
     *
     * @param image the picture
     * @param file the file
     * @throws ElasticVisionException if the file cannot be written
     */
    public static void write(RgbImage image, Path file) {
        write(encode(image), file);
    }

    /**
     * {@return a picture as the bytes of a PNG file}
     *
     * @param image the picture
     */
    public static byte[] encode(RgbImage image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
        return encode(picture);
    }

    /**
     * Writes a mask as a palette PNG, whose palette only says how a viewer colours the indices.
     *
     * @param mask the class indices
     * @param palette 256 colours as R, G, B bytes, 768 in all
     * @param file the file
     * @throws IllegalArgumentException if the palette has another length
     * @throws ElasticVisionException if the file cannot be written
     */
    public static void write(IndexImage mask, byte[] palette, Path file) {
        write(encode(mask, palette), file);
    }

    /**
     * {@return a mask as the bytes of a palette PNG file}
     *
     * @param mask the class indices
     * @param palette 256 colours as R, G, B bytes, 768 in all
     * @throws IllegalArgumentException if the palette has another length
     */
    public static byte[] encode(IndexImage mask, byte[] palette) {
        if (palette.length != 3 * COLOURS) {
            throw new IllegalArgumentException(
                    "a palette has " + 3 * COLOURS + " bytes (256 times R, G, B), not " + palette.length);
        }
        IndexColorModel colours = new IndexColorModel(8, COLOURS, palette, 0, false);
        BufferedImage picture =
                new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_INDEXED, colours);
        picture.getRaster().setDataElements(0, 0, mask.width(), mask.height(), mask.indices());
        return encode(picture);
    }

    /**
     * Reads a mask: of a palette PNG the palette's indices, not its colours (PASCAL VOC: 255 is void), of a grey one the
     * levels.
     *
     * @param file the file
     * @return the mask
     * @throws ImageException if the file is not a usable PNG of that kind
     */
    public static IndexImage readIndices(Path file) {
        byte[] encoded = new EncodedFile(file).encoded();
        try {
            EncodedImage image = ImageFormats.inspect(encoded, new SizeLimit(file.toString(), ImageSource.MAX_PIXELS));
            if (!image.bytes().format().equals(PngFrame.FORMAT)) {
                throw new DamagedImage("is a " + image.bytes().format() + ", but a mask must be a PNG; save it as one");
            }
            return indices(decode(image.bytes()));
        } catch (DamagedImage damage) {
            throw new ImageException(file + ": " + damage.getMessage(), damage);
        }
    }

    private static BufferedImage decode(ImageBytes png) throws DamagedImage {
        return JdkImages.read(JdkImages.reader("png"), png, reader -> reader.read(0));
    }

    private static IndexImage indices(BufferedImage picture) throws DamagedImage {
        Raster raster = picture.getRaster();
        if (raster.getNumBands() != 1 || raster.getTransferType() != DataBuffer.TYPE_BYTE) {
            throw new DamagedImage("is a colour or 16-bit PNG, but a mask needs a palette or grey levels up to 255; "
                    + "save it as one");
        }
        int[] row = new int[picture.getWidth()];
        byte[] indices = new byte[picture.getWidth() * picture.getHeight()];
        for (int y = 0, at = 0; y < picture.getHeight(); y++) {
            for (int index : raster.getSamples(0, y, row.length, 1, 0, row)) {
                indices[at++] = (byte) index;
            }
        }
        return new IndexImage(picture.getWidth(), picture.getHeight(), indices);
    }

    private static byte[] encode(BufferedImage picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(picture);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static void write(byte[] png, Path file) {
        AtomicFile.write(file, out -> out.write(png));
    }
}
