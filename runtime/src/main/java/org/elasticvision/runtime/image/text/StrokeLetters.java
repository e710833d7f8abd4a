package org.elasticvision.runtime.image.text;

import java.text.Normalizer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.elasticvision.runtime.image.codec.UnpackedLibraries;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.getFontScaleFromHeight;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;

/** The Hershey letters that are part of OpenCV's library: no font file is needed, and there is ASCII alone. */
final class StrokeLetters implements Letters {
    private static final double CAPITALS = 0.7;

    static {
        UnpackedLibraries.load();
    }

    @Override
    public int width(String text, int size) {
        return Math.max(1, plainWidth(ascii(text), size));
    }

    @Override
    public TextMask draw(String text, int size) {
        String plain = ascii(text);
        int width = Math.max(1, plainWidth(plain, size));
        int height = Letters.line(size);
        byte[] ink = new byte[width * height];
        try (Scalar none = new Scalar(0);
                Scalar full = new Scalar(255);
                Mat mask = new Mat(height, width, CV_8UC1, none);
                Point start = new Point(0, Letters.baseline(size))) {
            putText(mask, plain, start, FONT_HERSHEY_SIMPLEX, scale(size), full, thickness(size), LINE_AA, false);
            try (BytePointer data = mask.data()) {
                data.get(ink);
            }
        }
        return new TextMask(width, height, ink);
    }

    private static int plainWidth(String text, int size) {
        try (IntPointer below = new IntPointer(1);
                Size found = getTextSize(text, FONT_HERSHEY_SIMPLEX, scale(size), thickness(size), below)) {
            return found.width();
        }
    }

    private static double scale(int size) {
        return getFontScaleFromHeight(FONT_HERSHEY_SIMPLEX, (int) Math.round(CAPITALS * size), thickness(size));
    }

    private static int thickness(int size) {
        return Math.max(1, size / 12);
    }

    /** Accents are left out, and what is left beyond ASCII becomes a question mark. */
    static String ascii(String text) {
        return Normalizer.normalize(text.replace("…", "..."), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^ -~]", "?");
    }
}
