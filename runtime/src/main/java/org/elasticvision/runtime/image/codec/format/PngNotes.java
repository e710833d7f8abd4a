package org.elasticvision.runtime.image.codec.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.InflaterInputStream;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.OrientationNotes;

/** The texts of a PNG that may tell its orientation (W3C PNG, 11.3.3): XMP, and ImageMagick's "raw profile" of Exif. */
final class PngNotes {
    private static final String XMP = "XML:com.adobe.xmp";
    private static final String RAW_EXIF = "Raw profile type exif";
    /** As Pillow: anything longer is an attack, not a note. */
    private static final int MAX_TEXT = 1 << 20;

    private final OrientationNotes notes = new OrientationNotes();
    private String rawExif = "";

    /** @param at where the content of an {@code eXIf} part begins */
    void exif(ImageBytes bytes, long at) {
        notes.exif(bytes, at);
    }

    /** A {@code tEXt}, {@code zTXt} or {@code iTXt} part. */
    void text(String type, ImageBytes bytes, long at, int length) {
        boolean xmp = bytes.hasAt(at, XMP + "\0");
        if (!xmp && !bytes.hasAt(at, RAW_EXIF + "\0")) {
            return;
        }
        byte[] array = bytes.array();
        int end = (int) at + length;
        int from = (int) at + (xmp ? XMP : RAW_EXIF).length() + 1;
        boolean deflated = type.equals("zTXt");
        if (deflated) {
            from++; // the method, of which there is one
        } else if (type.equals("iTXt") && from + 2 <= end) {
            deflated = array[from] == 1;
            from = afterZero(
                    array, afterZero(array, from + 2, end), end); // behind the language and the translated name
        }
        if (from <= end) {
            String text = deflated ? inflated(array, from, end - from) : latin1(array, from, end - from);
            if (xmp) {
                notes.xmp(text);
            } else {
                rawExif = text;
            }
        }
    }

    ExifOrientation orientation() {
        // a line feed, the kind, the length, then hexadecimal digits in lines
        String[] lines = rawExif.split("\n", 4);
        if (lines.length == 4) {
            try {
                byte[] exif = HexFormat.of().parseHex(lines[3].replaceAll("\\s", ""));
                notes.exif(new ImageBytes("PNG", exif), 0);
            } catch (IllegalArgumentException notHexadecimal) {
                return notes.orientation();
            }
        }
        return notes.orientation();
    }

    private static int afterZero(byte[] array, int from, int end) {
        int at = from;
        while (at < end && array[at] != 0) {
            at++;
        }
        return at + 1;
    }

    private static String inflated(byte[] array, int from, int length) {
        try (InputStream text = new InflaterInputStream(new ByteArrayInputStream(array, from, length))) {
            byte[] bytes = text.readNBytes(MAX_TEXT + 1);
            return bytes.length > MAX_TEXT ? "" : latin1(bytes, 0, bytes.length);
        } catch (IOException damaged) {
            return "";
        }
    }

    private static String latin1(byte[] array, int from, int length) {
        return new String(array, from, length, StandardCharsets.ISO_8859_1);
    }
}
