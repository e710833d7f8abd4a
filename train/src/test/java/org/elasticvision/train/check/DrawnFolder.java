package org.elasticvision.train.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.model.Interpolation;

/** A folder into which pictures are drawn that do not look alike. */
public record DrawnFolder(Path root) {
    private static final int BLOCKS = 6;

    /** Soft blocks of random colours, others for every number. */
    public static RgbImage picture(int width, int height, int number) {
        byte[] blocks = new byte[3 * BLOCKS * BLOCKS];
        new Random(number).nextBytes(blocks);
        return resized(new RgbImage(BLOCKS, BLOCKS, blocks), width, height);
    }

    public static RgbImage resized(RgbImage picture, int width, int height) {
        return Resampler.resize(picture, width, height, Interpolation.BILINEAR);
    }

    /** As a PNG. */
    public Path png(String name, RgbImage picture) {
        return write(name, PngFiles.encode(picture));
    }

    /** As a JPEG. */
    public Path jpeg(String name, RgbImage picture, int quality) {
        return write(name, JpegFiles.encode(picture, quality));
    }

    /** As a palette PNG. */
    public Path mask(String name, IndexImage mask) {
        return write(name, PngFiles.encode(mask, new byte[768]));
    }

    public Path write(String name, byte[] content) {
        Path file = root.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Three classes with four training and two validation images each. */
    public void clean() {
        int number = 0;
        for (String name : new String[] {"cat", "dog", "hen"}) {
            for (int i = 0; i < 4; i++) {
                png("train/" + name + "/" + i + ".png", picture(80, 64, number++));
            }
            for (int i = 0; i < 2; i++) {
                png("val/" + name + "/" + i + ".png", picture(80, 64, number++));
            }
        }
    }
}
