package org.elasticvision.runtime.gpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NeededLibrariesTest {
    private static final long ADDRESS = 0x10000;

    @TempDir
    private Path folder;

    /** Two program headers, three entries and the strings, all in one segment. */
    private static byte[] library(String... needed) {
        ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, 0x464c457f)
                .put(4, (byte) 2)
                .put(5, (byte) 1)
                .putLong(32, 64)
                .putShort(56, (short) 2);
        int entries = 64 + 2 * 56;
        int size = (needed.length + 2) * 16;
        int strings = entries + size;
        programHeader(bytes, 64, 1, 0, 1024);
        programHeader(bytes, 64 + 56, 2, entries, size);
        int name = 1;
        for (int i = 0; i < needed.length; i++) {
            bytes.putLong(entries + 16 * i, 1).putLong(entries + 16 * i + 8, name);
            byte[] text = needed[i].getBytes(StandardCharsets.US_ASCII);
            bytes.put(strings + name, text);
            name += text.length + 1;
        }
        bytes.putLong(strings - 32, 5).putLong(strings - 24, ADDRESS + strings);
        return bytes.array();
    }

    private static void programHeader(ByteBuffer bytes, int at, int type, long offset, long size) {
        bytes.putInt(at, type)
                .putLong(at + 8, offset)
                .putLong(at + 16, ADDRESS + offset)
                .putLong(at + 32, size)
                .putLong(at + 40, size);
    }

    @Test
    void inTheOrderOfTheFile() throws IOException {
        Path file = Files.write(folder.resolve("lib.so"), library("libcublas.so.13", "libcudart.so.13", "libc.so.6"));
        assertThat(NeededLibraries.of(file)).isEqualTo(List.of("libcublas.so.13", "libcudart.so.13", "libc.so.6"));
    }

    @Test
    void whatIsNoLibraryOrDamagedIsRefused() throws IOException {
        byte[] whole = library("libcudart.so.12");
        for (int length : new int[] {0, 10, 64, 100, 190}) {
            Path file = Files.write(folder.resolve("cut.so"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> NeededLibraries.of(file)).isInstanceOf(IOException.class);
        }
        byte[] far = whole.clone();
        ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putLong(32, Long.MAX_VALUE - 7);
        Path file = Files.write(folder.resolve("far.so"), far);
        assertThatThrownBy(() -> NeededLibraries.of(file)).isInstanceOf(IOException.class);
        Path text = Files.writeString(folder.resolve("text.so"), "x".repeat(100));
        assertThatThrownBy(() -> NeededLibraries.of(text)).hasMessageContaining("is not a library for 64-bit Linux");
    }
}
