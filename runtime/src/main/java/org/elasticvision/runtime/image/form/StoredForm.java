package org.elasticvision.runtime.image.form;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.format.TiffDirectory;

/**
 * The format of an image file and how its pixels are stored, as its head says. Immutable.
 *
 * @param format such as {@code JPEG}
 * @param traits what decoding leaves out
 */
public record StoredForm(String format, Set<StoredTrait> traits) {
    private static final int START_OF_FRAME = 0xC0;
    private static final Set<Integer> NO_FRAMES = Set.of(0xC4, 0xC8, 0xCC);
    private static final int START_OF_SCAN = 0xDA;

    private static final int BITS_PER_SAMPLE = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SEPARATED = 5;

    private static final String JPEG = "JPEG";
    private static final String PNG = "PNG";
    private static final String BMP = "BMP";
    private static final String WEBP = "WebP";
    private static final String TIFF = "TIFF";
    private static final String PNM = "PNM";

    private static final Map<String, Set<String>> EXTENSIONS = Map.of(
            JPEG, Set.of("jpg", "jpeg", "jfif"),
            PNG, Set.of("png"),
            BMP, Set.of("bmp"),
            WEBP, Set.of("webp"),
            TIFF, Set.of("tif", "tiff"),
            PNM, Set.of("pbm", "pgm", "pnm", "ppm"));

    public StoredForm {
        traits = Set.copyOf(traits);
    }

    /**
     * Reads the head of an image file that can be decoded.
     *
     * @param encoded the whole file
     * @return its form; without traits where its head does not say them
     */
    public static StoredForm of(byte[] encoded) {
        ImageBytes bytes = new ImageBytes("image", encoded);
        EnumSet<StoredTrait> traits = EnumSet.noneOf(StoredTrait.class);
        String format = format(bytes);
        try {
            switch (format) {
                case JPEG -> jpeg(bytes, traits);
                case PNG -> png(bytes, traits);
                case WEBP -> webp(bytes, traits);
                case TIFF -> tiff(bytes, traits);
                case PNM -> pnm(bytes, traits);
                default -> {} // a BMP has RGB, with or without a palette
            }
        } catch (DamagedImage e) {
            return new StoredForm(format, Set.of()); // decoding says what is wrong
        }
        return new StoredForm(format, traits);
    }

    /**
     * {@return whether a file name ends as those of this format do}
     *
     * @param fileName with its extension
     */
    public boolean isNamed(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.getOrDefault(format, Set.of(extension)).contains(extension);
    }

    private static String format(ImageBytes bytes) {
        if (bytes.hasAt(0, "\u00FF\u00D8\u00FF")) {
            return JPEG;
        }
        if (bytes.hasAt(0, "\u0089PNG")) {
            return PNG;
        }
        if (bytes.hasAt(0, "RIFF") && bytes.hasAt(8, "WEBP")) {
            return WEBP;
        }
        if (bytes.hasAt(0, "II*\0") || bytes.hasAt(0, "MM\0*")) {
            return TIFF;
        }
        return bytes.hasAt(0, "BM") ? BMP : PNM;
    }

    /** The segments before the pixels (ITU-T T.81, B.2.2): bits a level and the number of components. */
    private static void jpeg(ImageBytes bytes, Set<StoredTrait> traits) throws DamagedImage {
        for (long at = 2; ; ) {
            int marker = bytes.u8(at + 1);
            if (bytes.u8(at) != 0xFF || marker == 0xFF) {
                at++;
                continue;
            }
            if (marker == START_OF_SCAN) {
                return;
            }
            if ((marker & 0xF0) == START_OF_FRAME && !NO_FRAMES.contains(marker)) {
                int components = bytes.u8(at + 9);
                addIf(components == 1, StoredTrait.GREY, traits);
                addIf(components == 4, StoredTrait.CMYK, traits);
                addIf(bytes.u8(at + 4) > 8, StoredTrait.DEEP, traits);
                return;
            }
            at += 2L + bytes.bigEndian16(at + 2);
        }
    }

    /** The header's colour type (W3C PNG, 11.2.1), and a chunk that makes colours transparent. */
    private static void png(ImageBytes bytes, Set<StoredTrait> traits) throws DamagedImage {
        int colourType = bytes.u8(25);
        addIf(colourType == 0 || colourType == 4, StoredTrait.GREY, traits);
        addIf(colourType == 4 || colourType == 6, StoredTrait.ALPHA, traits);
        addIf(bytes.u8(24) == 16, StoredTrait.DEEP, traits);
        for (long at = 8; !bytes.hasAt(at + 4, "IDAT"); at += 12 + bytes.bigEndian32(at)) {
            addIf(bytes.hasAt(at + 4, "tRNS"), StoredTrait.ALPHA, traits);
        }
    }

    /** The flag of the extended or of the lossless form (RFC 9649, 2.7 and 3.4). */
    private static void webp(ImageBytes bytes, Set<StoredTrait> traits) throws DamagedImage {
        boolean extended = bytes.hasAt(12, "VP8X") && (bytes.u8(20) & 0x10) != 0;
        boolean lossless = bytes.hasAt(12, "VP8L") && (bytes.u8(24) & 0x10) != 0;
        addIf(extended || lossless, StoredTrait.ALPHA, traits);
    }

    private static void tiff(ImageBytes bytes, Set<StoredTrait> traits) throws DamagedImage {
        TiffDirectory directory = new TiffDirectory(bytes);
        long photometric = directory.number(PHOTOMETRIC, 1);
        addIf(photometric <= 1, StoredTrait.GREY, traits);
        addIf(photometric == SEPARATED, StoredTrait.CMYK, traits);
        addIf(Arrays.stream(directory.numbers(BITS_PER_SAMPLE)).anyMatch(bits -> bits > 8), StoredTrait.DEEP, traits);
        addIf(Arrays.stream(directory.numbers(EXTRA_SAMPLES)).anyMatch(kind -> kind > 0), StoredTrait.ALPHA, traits);
    }

    private static void pnm(ImageBytes bytes, Set<StoredTrait> traits) throws DamagedImage {
        int kind = bytes.u8(1) - '0';
        addIf(kind != 3 && kind != 6, StoredTrait.GREY, traits);
    }

    private static void addIf(boolean holds, StoredTrait trait, Set<StoredTrait> traits) {
        if (holds) {
            traits.add(trait);
        }
    }
}
