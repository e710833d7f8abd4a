package org.elasticvision.runtime.image.codec.format;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;

/** Names files that are not of a kind that is read, so that nobody takes them for damaged. */
final class OtherKinds {
    private static final String VIDEO = "a video";

    /** What each kind begins with. */
    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    /** What follows {@code ftyp} at byte 8 in files of boxes (ISO/IEC 14496-12). */
    private static final Map<String, String> BRANDS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("GIF8", "a GIF");
        BEGINNINGS.put("8BPS", "a Photoshop document (PSD)");
        BEGINNINGS.put("\0\0\0\fjP  \r\n\u0087\n", "a JPEG 2000");
        BEGINNINGS.put("\u00FFO\u00FFQ", "a JPEG 2000");
        BEGINNINGS.put("\0\0\0\fJXL \r\n\u0087\n", "a JPEG XL");
        BEGINNINGS.put("\u00FF\n", "a JPEG XL");
        BEGINNINGS.put("II+\0", "a BigTIFF");
        BEGINNINGS.put("MM\0+", "a BigTIFF");
        BEGINNINGS.put("II\u00BC", "a JPEG XR");
        BEGINNINGS.put("FUJIFILMCCD-RAW", "a camera's raw file");
        BEGINNINGS.put("IIRO", "a camera's raw file");
        BEGINNINGS.put("IIU\0", "a camera's raw file");
        BEGINNINGS.put("%PDF", "a PDF");
        BEGINNINGS.put("%!PS", "a PostScript file");
        BEGINNINGS.put("DDS ", "a DDS");
        BEGINNINGS.put("qoif", "a QOI");
        BEGINNINGS.put("\0\0\1\0", "an icon (ICO)");
        BEGINNINGS.put("\0\0\2\0", "a cursor (CUR)");
        BEGINNINGS.put("icns", "an icon (ICNS)");
        BEGINNINGS.put("v/1\u0001", "an OpenEXR");
        BEGINNINGS.put("#?RADIANCE", "a Radiance HDR");
        BEGINNINGS.put("P7\n", "a PAM");
        BEGINNINGS.put("PF\n", "a PFM of floating-point levels");
        BEGINNINGS.put("Pf\n", "a PFM of floating-point levels");
        BEGINNINGS.put("\u0089HDF", "an HDF5 file");
        BEGINNINGS.put("\u0093NUMPY", "a NumPy array");
        BEGINNINGS.put("SIMPLE  =", "a FITS");
        BEGINNINGS.put("\u001AE\u00DF\u00A3", VIDEO);
        BRANDS.put("avif", "an AVIF");
        BRANDS.put("avis", "an AVIF");
        BRANDS.put("crx ", "a camera's raw file");
        for (String heif : new String[] {"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"}) {
            BRANDS.put(heif, "a HEIC");
        }
    }

    private OtherKinds() {}

    static DamagedImage refusal(ImageBytes bytes) {
        if (bytes.hasAt(0, "version https://git-lfs")) {
            return new DamagedImage(
                    "is a Git LFS pointer and not the image, which 'git lfs pull' brings; then give it again");
        }
        String start = markup(bytes);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return new DamagedImage("is a web page and not an image, so copy or download the image itself");
        }
        String kind = kind(bytes);
        if (VIDEO.equals(kind)) {
            return new DamagedImage(
                    "is a video, not an image; 'elastic predict' takes videos, as files with a video's ending"
                            + " such as .mp4, and all else takes frames saved as PNG or JPEG");
        }
        return kind != null
                ? DamagedImage.unsupported(kind)
                : new DamagedImage("this is not an image that can be read; give a JPEG, PNG, BMP, WebP, TIFF or PNM");
    }

    private static String kind(ImageBytes bytes) {
        for (Map.Entry<String, String> beginning : BEGINNINGS.entrySet()) {
            if (bytes.hasAt(0, beginning.getKey())) {
                return beginning.getValue();
            }
        }
        if (bytes.hasAt(4, "ftyp")) {
            for (Map.Entry<String, String> brand : BRANDS.entrySet()) {
                if (bytes.hasAt(8, brand.getKey())) {
                    return brand.getValue();
                }
            }
            return VIDEO;
        }
        if (bytes.hasAt(0, "RIFF") && bytes.hasAt(8, "AVI ")) {
            return VIDEO;
        }
        String start = markup(bytes);
        return start.startsWith("<svg") || start.startsWith("<!doctype svg") ? "an SVG" : null;
    }

    /** What text begins with behind a byte order mark, a declaration and comments, in lower case. */
    private static String markup(ImageBytes bytes) {
        return bytes.latin1(0, 1024)
                .replaceAll("(?s)^\u00EF\u00BB\u00BF|<\\?.*?\\?>|<!--.*?-->", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
    }
}
