package org.elasticvision.runtime.io.npy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NpyFileTest {
    @TempDir
    private Path folder;

    @Test
    void floatsComeBackBitForBit() {
        Path file = folder.resolve("a.npy");
        float[] values = {0, -0f, 1.5f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY};
        NpyFile.writeFloats(file, values, 2, 1, 3);
        NpyArray array = NpyFile.read(file);
        assertThat(array.shape()).containsExactly(2, 1, 3);
        assertThat(array.dtype()).isEqualTo("float32");
        assertThat(array.toFloats()).containsExactly(values);
    }

    @Test
    void anArrayLargerThanTheBufferComesBack() {
        Path file = folder.resolve("a.npy");
        float[] values = new float[40_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        NpyFile.writeFloats(file, values, values.length);
        assertThat(NpyFile.read(file).toFloats()).containsExactly(values);
    }

    @Test
    void theBytesAreThoseThatNumpyWrites() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.writeFloats(file, new float[] {1, 2}, 2);
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
        byte[] expected =
                npy(1, dictionary + " ".repeat(117 - dictionary.length()) + "\n", 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40);
        assertThat(file).hasBinaryContent(expected);
        assertThat(Files.size(file)).isEqualTo(128 + 8);
    }

    @Test
    void scalarsAndEmptyArrays() {
        Path file = folder.resolve("a.npy");
        NpyFile.writeFloats(file, new float[] {7});
        assertThat(NpyFile.read(file).shape()).isEmpty();
        assertThat(NpyFile.read(file).toFloats()).containsExactly(7);
        NpyFile.writeFloats(file, new float[0], 0, 3);
        assertThat(NpyFile.read(file).shape()).containsExactly(0, 3);
        assertThat(NpyFile.read(file).toDoubles()).isEmpty();
    }

    @Test
    void shapeAndValuesMustFit() {
        assertThatThrownBy(() -> NpyFile.writeFloats(folder.resolve("a.npy"), new float[3], 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape [2, 2] does not fit 3 values");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyFormatVersionIsRead(int version) {
        NpyArray array = read(npy(version, header("|u1", "(3,)"), 1, 2, 255));
        assertThat(array.toBytes()).containsExactly(1, 2, 255);
        assertThat(array.toLongs()).containsExactly(1, 2, 255);
        assertThat(array.toFloats()).containsExactly(1, 2, 255);
    }

    @Test
    void everyTypeIsRead() {
        ByteBuffer longs = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        longs.putLong(Long.MIN_VALUE).putLong(5);
        NpyArray int64 = read(npy(1, header("<i8", "(2,)"), ints(longs)));
        assertThat(int64.toLongs()).containsExactly(Long.MIN_VALUE, 5);
        assertThat(int64.toDoubles()).containsExactly(-0x1p63, 5);
        ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        doubles.putDouble(Math.PI).putDouble(-1e300);
        NpyArray float64 = read(npy(1, header("<f8", "(2, 1)"), ints(doubles)));
        assertThat(float64.toDoubles()).containsExactly(Math.PI, -1e300);
        assertThat(float64.toFloats()).containsExactly((float) Math.PI, Float.NEGATIVE_INFINITY);
        assertThat(read(npy(1, header("<i4", "(1L,)"), 0xfe, 0xff, 0xff, 0xff)).toLongs())
                .containsExactly(-2);
        NpyArray bool = read(npy(1, header("|b1", "(2,)"), 0, 1));
        assertThat(bool.dtype()).isEqualTo("bool");
        assertThat(bool.toBytes()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0x3c00, 1",
        "0xc000, -2",
        "0x7bff, 65504",
        "0x0001, 5.9604645e-8",
        "0x83ff, -6.097555e-5",
        "0x0400, 6.1035156e-5",
        "0x3555, 0.33325195",
        "0x8000, -0.0",
        "0x7c00, Infinity",
        "0xfc00, -Infinity",
        "0x7e00, NaN"
    })
    void halfPrecisionIsReadExactly(String bits, float expected) {
        int half = Integer.decode(bits);
        NpyArray array = read(npy(1, header("<f2", "(1,)"), half & 255, half >> 8));
        assertThat(array.toFloats()).containsExactly(expected);
    }

    @Test
    void conversionsThatWouldLoseTheValueAreRefused() {
        NpyArray floats = read(npy(1, header("<f2", "(1,)"), 0, 0x3c));
        assertThatThrownBy(floats::toLongs)
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("x.npy: holds float16 where whole numbers are expected; save it as int64");
        NpyArray ints = read(npy(1, header("<i4", "(1,)"), 0, 1, 0, 0));
        assertThatThrownBy(ints::toBytes)
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("element 0 is 256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }; pickled Python objects",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }; big-endian numbers (>f4)",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }; Fortran order",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }; elements of type <c8",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }; structured elements",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }; damaged NumPy header",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1,), }; not a number or is too large",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }; not a number or is too large",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }; more than 2 GiB",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }; takes 2000000000 bytes and the file has 4",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }; more bytes than shape",
                "{}; damaged NumPy header",
            })
    void hostileHeadersAreRefusedByName(String dictionary, String message) {
        assertThatThrownBy(() -> read(npy(1, dictionary, 1, 2, 3, 4)))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith("x.npy: ")
                .hasMessageContaining(message);
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] whole = npy(2, header("<f4", "(2,)"), 1, 2, 3, 4, 5, 6, 7, 8);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part))
                    .as("first %d bytes", length)
                    .isInstanceOf(ElasticVisionException.class)
                    .hasMessageStartingWith("x.npy: ");
        }
    }

    @Test
    void missingAndForeignFilesAreNamed() throws IOException {
        Path missing = folder.resolve("none.npy");
        assertThatThrownBy(() -> NpyFile.read(missing))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage(missing + " does not exist; give a .npy file");
        Path foreign = Files.writeString(folder.resolve("a.npy"), "PK, not an array at all");
        assertThatThrownBy(() -> NpyFile.read(foreign))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("not a NumPy file");
        assertThatThrownBy(() -> NpyFile.read(folder))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(folder + ": cannot be read: ");
    }

    private static String header(String type, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    }

    private static int[] ints(ByteBuffer buffer) {
        int[] bytes = new int[buffer.capacity()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = buffer.get(i);
        }
        return bytes;
    }

    private static byte[] npy(int version, String header, int... data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer length =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length);
        out.write(length.array(), 0, version == 1 ? 2 : 4);
        out.writeBytes(text);
        for (int value : data) {
            out.write(value);
        }
        return out.toByteArray();
    }

    private static NpyArray read(byte[] bytes) {
        try {
            return NpyFile.read(new ByteArrayInputStream(bytes), "x.npy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
