package org.elasticvision.samples.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.elasticvision.runtime.image.TestJpegs;

/** Small pictures, and files that are none. */
final class Photos {
    private Photos() {}

    /** A JPEG that differs from the others of a folder. */
    static byte[] jpeg(int number) {
        return TestJpegs.baseline(TestJpegs.picture(64 + number % 89, 48 + number % 97));
    }

    /** Writes {@code 0000.jpg} and so on. */
    static Path write(Path folder, int count) {
        for (int number = 0; number < count; number++) {
            write(folder, number, jpeg(number));
        }
        return folder;
    }

    static Path write(Path folder, int number, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            return Files.write(folder.resolve(String.format("%04d.jpg", number)), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Twenty files that cannot be used, each for another reason or in another place. */
    static List<byte[]> broken() {
        List<byte[]> broken = new ArrayList<>();
        byte[] whole = jpeg(7);
        for (int length : new int[] {0, 1, 2, 3, 8, 20, 30, 100, 300, whole.length / 2, whole.length - 2}) {
            broken.add(Arrays.copyOf(whole, length));
        }
        for (String text : new String[] {
            "This is not an image.\n",
            "GIF89a``",
            "<!DOCTYPE html><title>Sign in</title>",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            "%PDF-1.7\n",
            "P6\n60000 60000 255\n"
        }) {
            broken.add(text.getBytes(StandardCharsets.US_ASCII));
        }
        broken.add(new byte[5000]);
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        broken.add(noise);
        byte[] interrupted = whole.clone();
        interrupted[whole.length - 200] = (byte) 0xFF;
        interrupted[whole.length - 199] = (byte) 0xD8;
        broken.add(interrupted);
        return broken;
    }
}
