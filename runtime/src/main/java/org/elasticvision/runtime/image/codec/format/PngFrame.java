package org.elasticvision.runtime.image.codec.format;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.OpenCvDecoder;
import org.elasticvision.runtime.image.codec.SizeLimit;

/**
 * Walks a PNG's chunks (W3C PNG, section 5), checks their checksums, and keeps only those that make pixels: colour
 * profiles, texts and animation frames never reach libpng, which would warn about some on standard error. Of the rest it
 * reads how the picture is turned.
 */
public final class PngFrame {
    private static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";
    public static final String FORMAT = "PNG";
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "IDAT", "IEND");
    private static final String EXIF = "eXIf";
    private static final Set<String> TEXTS = Set.of("tEXt", "zTXt", "iTXt");
    /** A byte of deflate gives at most this many bytes (zlib, "Maximum Compression Factor"). */
    private static final long MAX_DEFLATE_RATIO = 1032;

    /** Bit depths of each colour type: grey, RGB, palette, grey and alpha, RGBA. */
    private static final Map<Integer, Set<Integer>> DEPTHS = Map.of(
            0, Set.of(1, 2, 4, 8, 16), 2, Set.of(8, 16), 3, Set.of(1, 2, 4, 8), 4, Set.of(8, 16), 6, Set.of(8, 16));

    private static final Map<Integer, Integer> CHANNELS = Map.of(0, 1, 2, 3, 3, 1, 4, 2, 6, 4);

    private final ImageBytes bytes;
    private final PngNotes notes = new PngNotes();
    private final byte[] kept;
    private int keptLength;
    private long dataLength;

    private PngFrame(byte[] encoded) {
        bytes = new ImageBytes(FORMAT, encoded);
        kept = new byte[encoded.length];
    }

    static boolean begins(ImageBytes bytes) {
        return bytes.hasAt(0, SIGNATURE);
    }

    /** The caller has seen the signature. */
    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        PngFrame frame = new PngFrame(encoded);
        if (!frame.bytes.hasAt(8, "\0\0\0\rIHDR")) {
            throw DamagedImage.damaged(FORMAT, "it does not begin with its header");
        }
        long width = frame.bytes.bigEndian32(16);
        long height = frame.bytes.bigEndian32(20);
        limit.check(width, height);
        frame.walk();
        frame.checkDataLength(width, height);
        return new EncodedImage(
                new ImageBytes(FORMAT, frame.kept, frame.keptLength),
                width,
                height,
                OpenCvDecoder::decode,
                false,
                frame.notes.orientation());
    }

    private void walk() throws DamagedImage {
        keep(0, SIGNATURE.length());
        String type = "";
        for (long at = SIGNATURE.length(); !type.equals("IEND"); ) {
            long length = bytes.bigEndian32(at);
            if (at + 12 + length > bytes.length()) {
                throw DamagedImage.cutOff(FORMAT, "it ends after " + bytes.length() + " bytes");
            }
            type = new String(bytes.array(), (int) at + 4, 4, StandardCharsets.ISO_8859_1);
            if (KEPT.contains(type)) {
                requireChecksum(type, at, length);
                keep((int) at, (int) length + 12);
            } else if (type.equals(EXIF)) {
                requireChecksum(type, at, length);
                notes.exif(bytes, at + 8);
            } else if (TEXTS.contains(type)) {
                notes.text(type, bytes, at + 8, (int) length);
            } else if (Character.isUpperCase(type.charAt(0))) {
                throw DamagedImage.damaged(FORMAT, "it has a part of unknown kind");
            }
            dataLength += type.equals("IDAT") ? length : 0;
            at += 12 + length;
        }
    }

    private void requireChecksum(String type, long at, long length) throws DamagedImage {
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array(), (int) at + 4, (int) length + 4);
        if (checksum.getValue() != bytes.bigEndian32(at + 8 + length)) {
            throw DamagedImage.damaged(FORMAT, "wrong checksum in its part " + type);
        }
    }

    private void keep(int at, int length) {
        System.arraycopy(bytes.array(), at, kept, keptLength, length);
        keptLength += length;
    }

    private void checkDataLength(long width, long height) throws DamagedImage {
        double needed = (double) width * height * bitsPerPixel() / 8;
        if (needed > (double) dataLength * MAX_DEFLATE_RATIO) {
            throw DamagedImage.cutOff(FORMAT, dataLength + " bytes for " + width + "x" + height + " pixels");
        }
    }

    private int bitsPerPixel() throws DamagedImage {
        int depth = bytes.u8(24);
        int colourType = bytes.u8(25);
        Set<Integer> depths = DEPTHS.get(colourType);
        if (depths == null || !depths.contains(depth) || bytes.u8(26) != 0 || bytes.u8(27) != 0 || bytes.u8(28) > 1) {
            throw DamagedImage.damaged(FORMAT, "its header says impossible things");
        }
        return depth * CHANNELS.get(colourType);
    }
}
