package org.elasticvision.train.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;

/** Drawn pictures, the same as in make_reference.py, and where they are kept. */
public final class Pictures {
    private Pictures() {}

    public static RgbImage picture(int width, int height) {
        return picture(width, height, 0);
    }

    /** Another picture for every number. */
    public static RgbImage picture(int width, int height, int number) {
        byte[] pixels = new byte[3 * width * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    pixels[at++] = (byte) (x * 7 + y * 13 + c * 29 + x * y % 31 * 5 + number * 41);
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }

    public static IndexImage mask(int width, int height) {
        byte[] indices = new byte[width * height];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (byte) ((i % width / 5 + i / width / 3) % 21);
        }
        return new IndexImage(width, height, indices);
    }

    /** Writes a PNG into a folder, which is made. */
    public static Path write(RgbImage image, Path file) {
        folder(file.getParent());
        PngFiles.write(image, file);
        return file;
    }

    public static Path write(IndexImage mask, Path file) {
        folder(file.getParent());
        PngFiles.write(mask, new byte[768], file);
        return file;
    }

    public static Path write(String text, Path file) {
        folder(file.getParent());
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void folder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Preprocessing preprocessing(Preprocessing.Fit fit, int height, int width) {
        int resize = fit == Preprocessing.Fit.RESIZE_AND_CROP ? Math.max(height, width) * 8 / 7 : 0;
        return new Preprocessing(
                fit,
                resize,
                height,
                width,
                Interpolation.BILINEAR,
                Preprocessing.IMAGENET_MEAN,
                Preprocessing.IMAGENET_STD);
    }

    public static FloatBuffer buffer(int floats) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < floats; i++) {
            buffer.put(i, Float.NaN); // what is left shows
        }
        return buffer;
    }

    public static float[] floats(FloatBuffer buffer) {
        float[] floats = new float[buffer.limit()];
        buffer.get(0, floats);
        return floats;
    }
}
