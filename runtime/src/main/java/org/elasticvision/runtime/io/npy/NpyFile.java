package org.elasticvision.runtime.io.npy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * Reads and writes NumPy's {@code .npy} files, format versions 1 to 3, as {@code numpy.save} writes them: one array in C
 * order of little-endian float16, float32, float64, int32, int64, uint8 or bool, up to 2 GiB.
 *
 * <pre>{@code
 * NpyArray array = NpyFile.read(Path.of("logits.npy"));
 * System.out.println(array.shape());
 * }</pre>
 *
 * <p>Anything else, pickled objects among it, is refused. No more memory is taken than the file really holds, whatever its
 * header claims. Stateless, so safe for use by any number of threads.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int ALIGNMENT = 64;

    private NpyFile() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return the array
     * @throws ElasticVisionException if it is missing, damaged or of a kind that is not read here
     */
    public static NpyArray read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new ElasticVisionException(file + " does not exist; give a .npy file", e);
        } catch (IOException e) {
            throw new ElasticVisionException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a stream to its end. The stream is not closed.
     *
     * @param in what is read
     * @param name what messages call the stream
     * @return the array
     * @throws ElasticVisionException if it is damaged or of a kind that is not read here
     * @throws IOException if reading fails
     */
    public static NpyArray read(InputStream in, String name) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new ElasticVisionException(name + ": not a NumPy file; give a file that numpy.save wrote");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new ElasticVisionException(
                    name + ": NumPy format version " + version + " is unknown; versions 1 to 3 are read");
        }
        NpyHeader header = NpyHeader.parse(headerText(in, version, name), name);
        int expected = header.dataBytes(name);
        byte[] data = in.readNBytes(expected);
        if (data.length < expected) {
            throw new ElasticVisionException(name + ": cut off: shape " + header.shape() + " of "
                    + header.type().numpyName() + " takes " + expected + " bytes and the file has " + data.length
                    + "; copy it again");
        }
        if (in.read() >= 0) {
            throw new ElasticVisionException(name + ": has more bytes than shape " + header.shape() + " of "
                    + header.type().numpyName() + " takes; save the array again");
        }
        return new NpyArray(name, header.shape(), header.type(), data);
    }

    private static String headerText(InputStream in, int version, String name) throws IOException {
        int lengthBytes = version == 1 ? 2 : 4;
        byte[] field = Arrays.copyOf(in.readNBytes(lengthBytes), 4);
        long length = Integer.toUnsignedLong(
                ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN).getInt());
        byte[] text = in.readNBytes((int) Math.min(length, LONGEST_HEADER));
        if (text.length < length) {
            throw new ElasticVisionException(name + ": cut off or damaged within its header; copy it again");
        }
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new String(text, charset);
    }

    /**
     * Writes a float32 array, in format version 1, whole or not at all (see {@link AtomicFile}).
     *
     * @param file the file
     * @param values the elements in C order
     * @param shape the lengths of the dimensions, whose product is the number of elements; none for a scalar
     * @throws IllegalArgumentException if values and shape do not fit
     * @throws ElasticVisionException if the file cannot be written
     */
    public static void writeFloats(Path file, float[] values, int... shape) {
        long elements = IntStream.of(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (elements != values.length || IntStream.of(shape).anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " does not fit " + values.length + " values");
        }
        String dictionary = NpyHeader.format(NpyType.FLOAT32, shape);
        int prefix = MAGIC.length + 4;
        int total = (prefix + dictionary.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String padded = dictionary + " ".repeat(total - prefix - dictionary.length() - 1) + "\n";
        AtomicFile.write(file, out -> {
            out.write(MAGIC);
            out.write(new byte[] {1, 0, (byte) padded.length(), (byte) (padded.length() >> 8)});
            out.write(padded.getBytes(StandardCharsets.US_ASCII));
            ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
                if (!chunk.hasRemaining()) {
                    out.write(chunk.array());
                    chunk.clear();
                }
                chunk.putFloat(value);
            }
            out.write(chunk.array(), 0, chunk.position());
        });
    }
}
