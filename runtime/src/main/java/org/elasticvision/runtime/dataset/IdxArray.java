package org.elasticvision.runtime.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.elasticvision.runtime.base.DatasetException;

/**
 * Unsigned bytes in one or more dimensions: the IDX format of the MNIST database (a magic number {@code 0, 0, 8,
 * dimensions}, then each dimension and all values, big-endian), plain or compressed by gzip.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record IdxArray(int[] dimensions, byte[] values) {
    private static final int UNSIGNED_BYTES = 8;
    private static final int GZIP_MAGIC = 0x1F8B;
    /** Java's longest array, about. */
    private static final long MAX_VALUES = Integer.MAX_VALUE - 16;

    /**
     * Reads a file.
     *
     * @param rank the number of dimensions that it must have
     * @throws DatasetException if it is missing, of another kind, or has more or fewer values than it says
     */
    static IdxArray read(Path file, int rank) {
        try (InputStream in = open(file)) {
            return read(in, file, rank);
        } catch (IOException e) {
            throw new DatasetException(
                    file + ": cannot be read (" + e.getMessage() + "); copy or download it again", e);
        } catch (OutOfMemoryError e) {
            throw new DatasetException(file + ": not enough memory to read it; give Java more with -Xmx", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream plain = new BufferedInputStream(Files.newInputStream(file));
        try {
            plain.mark(2);
            boolean zipped = (plain.read() << 8 | plain.read()) == GZIP_MAGIC;
            plain.reset();
            return zipped ? new GZIPInputStream(plain, 1 << 16) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static IdxArray read(InputStream in, Path file, int rank) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(Integer.BYTES * (1 + rank)));
        if (header.remaining() < Integer.BYTES || header.getInt() != (UNSIGNED_BYTES << 8 | rank)) {
            throw new DatasetException(file + ": is not an IDX file of unsigned bytes in " + rank
                    + " dimensions; give files in the format of the MNIST database");
        }
        if (header.remaining() < Integer.BYTES * rank) {
            throw cutOff(file, "in its header");
        }
        int[] dimensions = new int[rank];
        long count = 1;
        for (int i = 0; i < rank; i++) {
            dimensions[i] = header.getInt();
            if (dimensions[i] < 1 || count > MAX_VALUES / dimensions[i]) {
                throw new DatasetException(file + ": says it has " + shape(header, rank)
                        + " values, which is none or more than 2 GiB; copy or download it again");
            }
            count *= dimensions[i];
        }
        byte[] values = in.readNBytes((int) count); // takes memory as the values come, not as the header says
        if (values.length < count) {
            throw cutOff(file, "it has " + values.length + " of " + count + " values");
        }
        if (in.read() >= 0) {
            throw new DatasetException(
                    file + ": has more than the " + count + " values that it says; copy or download it again");
        }
        return new IdxArray(dimensions, values);
    }

    private static String shape(ByteBuffer header, int rank) {
        long[] shape = new long[rank];
        Arrays.setAll(shape, i -> Integer.toUnsignedLong(header.getInt(Integer.BYTES * (1 + i))));
        return String.join("x", Arrays.stream(shape).mapToObj(Long::toString).toList());
    }

    private static DatasetException cutOff(Path file, String detail) {
        return new DatasetException(file + ": is cut off (" + detail + "); copy or download it again");
    }
}
