package org.elasticvision.runtime.image.codec.format;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.OrientationNotes;
import org.elasticvision.runtime.image.codec.SizeLimit;

/**
 * A TIFF's first picture: its directory is checked here, its pixels are made by the JDK. TIFFs of levels without a known
 * white (signed, floating point, more than 16 bits) or of colours that need a profile are refused by name.
 */
final class TiffFrame {
    static final String FORMAT = "TIFF";
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int COLOURS = 320;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_BYTES = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int XMP = 700;

    private static final int CMYK = 5;
    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;

    private static final Set<Long> DEPTHS = Set.of(1L, 2L, 4L, 8L, 12L, 16L);
    private static final Map<Long, String> OTHER_COLOURS = Map.of(
            8L,
            "Lab colours",
            9L,
            "Lab colours",
            10L,
            "Lab colours",
            32803L,
            "raw levels of a camera",
            34892L,
            "raw levels of a camera",
            32844L,
            "logarithmic levels",
            32845L,
            "logarithmic levels",
            4L,
            "a mask");

    /** How many bytes one byte may become, where that is known: none, CCITT excepted; PackBits; the rest at most. */
    private static final Map<Long, Long> RATIOS = Map.of(1L, 1L, 32773L, 64L);

    /** Of LZW (strings of codes of 12 bits), Deflate (1032) and JPEG (a bit for 64 pixels of 3 bytes). */
    private static final long LARGEST_RATIO = 4096;

    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 32773L, 32946L);
    private static final Set<Long> FAX = Set.of(2L, 3L, 4L);
    private static final Map<Long, String> OTHER_COMPRESSIONS = Map.of(
            34925L, "LZMA", 50000L, "Zstandard", 50001L, "WebP", 34712L, "JPEG 2000", 34887L, "LERC", 34661L, "JBIG");

    private final ImageBytes bytes;
    private final TiffDirectory tags;

    private TiffFrame(ImageBytes bytes) throws DamagedImage {
        this.bytes = bytes;
        tags = new TiffDirectory(bytes);
    }

    static boolean begins(ImageBytes bytes) {
        return bytes.hasAt(0, "II*\0") || bytes.hasAt(0, "MM\0*");
    }

    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        return new TiffFrame(new ImageBytes(FORMAT, encoded)).inspect(limit);
    }

    private EncodedImage inspect(SizeLimit limit) throws DamagedImage {
        long width = tags.number(WIDTH, 0);
        long height = tags.number(HEIGHT, 0);
        limit.check(width, height);
        if (tags.has(TILE_WIDTH)) {
            limit.check(tags.number(TILE_WIDTH, 0), tags.number(TILE_HEIGHT, 0));
        }
        long compression = tags.number(COMPRESSION, 1);
        if (!COMPRESSIONS.contains(compression)) {
            throw DamagedImage.unsupported(
                    "a TIFF of compression " + OTHER_COMPRESSIONS.getOrDefault(compression, "" + compression));
        }
        TiffPixels pixels = pixels(compression);
        requireData(width, height, pixels, compression);
        return new EncodedImage(bytes, width, height, (image, turn) -> pixels.read(image, orientation()));
    }

    private TiffPixels pixels(long compression) throws DamagedImage {
        long colours = tags.number(PHOTOMETRIC, FAX.contains(compression) ? 0 : 1);
        if (OTHER_COLOURS.containsKey(colours)) {
            throw DamagedImage.unsupported("a TIFF of " + OTHER_COLOURS.get(colours));
        }
        if (colours == CMYK
                && (compression == JPEG || compression == OLD_JPEG)) { // the JDK's answer may be inverted or not
            throw DamagedImage.unsupported("a TIFF that holds a CMYK JPEG");
        }
        long samples = tags.number(SAMPLES, 1);
        if (samples < 1 || samples > 8 || colours > 6) {
            throw DamagedImage.unsupported("a TIFF of " + samples + " levels a pixel and colours of kind " + colours);
        }
        long[] depths = tags.numbers(BITS);
        long bits = depths.length == 0 ? 1 : depths[0];
        boolean alike = Arrays.stream(depths).limit(samples).allMatch(one -> one == bits);
        if (Arrays.stream(tags.numbers(SAMPLE_FORMAT)).anyMatch(format -> format == 2 || format == 3)) {
            throw DamagedImage.unsupported(
                    "a TIFF of signed or floating-point levels (none of them is known to be white)");
        }
        if (!alike || !DEPTHS.contains(bits)) {
            throw DamagedImage.unsupported("a TIFF of " + (alike ? bits : "different numbers of") + " bits a level");
        }
        boolean premultiplied = Arrays.stream(tags.numbers(EXTRA_SAMPLES)).anyMatch(kind -> kind == 1);
        return new TiffPixels((int) colours, (int) samples, (int) bits, premultiplied, tags.numbers(COLOURS));
    }

    /** Some old files do not say how many bytes they need. */
    private void requireData(long width, long height, TiffPixels pixels, long compression) throws DamagedImage {
        long[] lengths = tags.numbers(tags.has(TILE_BYTES) ? TILE_BYTES : STRIP_BYTES);
        if (Arrays.stream(lengths).anyMatch(length -> length > bytes.length())) { // for which the JDK would take memory
            throw DamagedImage.cutOff(FORMAT, "it has " + bytes.length() + " bytes, and less than one of its parts");
        }
        long there = Math.min(Arrays.stream(lengths).sum(), bytes.length());
        if (lengths.length == 0 || there == 0) {
            there = bytes.length();
        }
        double needed =
                Math.ceil(width * pixels.bits() / 8.0) * height * (pixels.colours() == 6 ? 1 : pixels.samples());
        if (!FAX.contains(compression) && needed > (double) there * RATIOS.getOrDefault(compression, LARGEST_RATIO)) {
            throw DamagedImage.cutOff(FORMAT, there + " bytes for " + width + "x" + height + " pixels");
        }
    }

    /** Part of what a TIFF's pixels mean, so Pillow too applies it whoever asks. */
    private ExifOrientation orientation() throws DamagedImage {
        if (tags.has(ORIENTATION)) {
            return ExifOrientation.of(tags.number(ORIENTATION, 1));
        }
        OrientationNotes notes = new OrientationNotes();
        notes.xmp(tags.text(XMP));
        return notes.orientation();
    }
}
