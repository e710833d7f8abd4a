package org.elasticvision.runtime.image;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * One scene as a phone stores it in each of the eight EXIF orientations: red to the left and blue below on green, which looks different
 * in every one of them. Its parts are whole blocks of JPEG, so that their colours come back.
 */
public final class TurnedPhotos {
    public static final int ORIENTATIONS = 8;
    /** Of the upright scene. */
    public static final int WIDTH = 48;

    public static final int HEIGHT = 32;

    private static final int[][] COLORS = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}};

    private TurnedPhotos() {}

    /** The file {@code turned-N.jpg} for each orientation N, which an image viewer shows all alike. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int orientation = 1; orientation <= ORIENTATIONS; orientation++) {
            Files.write(file(folder, orientation), jpeg(orientation));
        }
    }

    public static Path file(Path folder, int orientation) {
        return folder.resolve("turned-" + orientation + ".jpg");
    }

    public static byte[] jpeg(int orientation) {
        IndexImage stored = storedClasses(orientation);
        byte[] pixels = new byte[3 * stored.indices().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) COLORS[stored.indices()[i / 3]][i % 3];
        }
        byte[] jpeg = JpegFiles.encode(new RgbImage(stored.width(), stored.height(), pixels), 95);
        return TestJpegs.withOrientation(jpeg, orientation, ByteOrder.BIG_ENDIAN);
    }

    /** Red, green and blue are 0, 1 and 2, as in {@link org.elasticvision.runtime.TestModels}. */
    public static IndexImage uprightClasses() {
        byte[] classes = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < classes.length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            classes[i] = (byte) (x < 16 && y < 16 ? 0 : y < 16 ? 1 : 2);
        }
        return new IndexImage(WIDTH, HEIGHT, classes);
    }

    /** What the camera stored, so that its note turns it upright (Exif 2.32, tag 0x0112: where the 0th row and column are). */
    public static IndexImage storedClasses(int orientation) {
        IndexImage upright = uprightClasses();
        boolean swapped = orientation >= 5;
        int width = swapped ? HEIGHT : WIDTH;
        int height = swapped ? WIDTH : HEIGHT;
        byte[] classes = new byte[WIDTH * HEIGHT];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int x =
                        switch (orientation) {
                            case 1, 4 -> column;
                            case 2, 3 -> WIDTH - 1 - column;
                            case 5, 8 -> row;
                            default -> WIDTH - 1 - row;
                        };
                int y =
                        switch (orientation) {
                            case 1, 2 -> row;
                            case 3, 4 -> HEIGHT - 1 - row;
                            case 5, 6 -> column;
                            default -> HEIGHT - 1 - column;
                        };
                classes[row * width + column] = upright.indices()[y * WIDTH + x];
            }
        }
        return new IndexImage(width, height, classes);
    }
}
