package org.elasticvision.train.tensorboard;

import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * A file of events, each as a TFRecord: the length as a little-endian int64, its masked CRC-32C, the bytes, their masked CRC-32C
 * (TensorFlow, {@code tensorflow/core/lib/io/record_writer.h}). An event is with the operating system when {@link #add} returns, so a
 * killed process loses none. Not thread-safe.
 */
final class EventFile implements AutoCloseable {
    private static final String PREFIX = "events.out.tfevents.";
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "(\\d{10,})\\..*");
    /** TensorFlow's {@code lib/hash/crc32c.h}. */
    private static final int MASK_DELTA = 0xa282ead8;

    private final Path file;
    private final OutputStream out;

    private EventFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Makes a file whose name comes after those of all event files in the folder: TensorBoard reads them in that order.
     *
     * @throws ElasticVisionException if that is not possible
     */
    static EventFile create(Path folder) {
        try {
            Files.createDirectories(folder);
            long second = Instant.now().getEpochSecond();
            try (Stream<Path> files = Files.list(folder)) {
                second = Math.max(
                        second, files.mapToLong(EventFile::second).max().orElse(0) + 1);
            }
            Path file = folder.resolve(String.format(
                    Locale.ROOT,
                    "%s%010d.%s.%d",
                    PREFIX,
                    second,
                    host(),
                    ProcessHandle.current().pid()));
            return new EventFile(
                    file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new ElasticVisionException(
                    folder + ": event files for TensorBoard cannot be written there: " + e.getMessage()
                            + "; give another folder with --tensorboard-dir",
                    e);
        }
    }

    /** That an event file's name says; 0 of other files. */
    private static long second(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    void add(UnknownFieldSet event) {
        byte[] bytes = event.toByteArray();
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + bytes.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(bytes.length).putInt(maskedChecksum(record.array(), Long.BYTES));
        record.put(bytes).putInt(maskedChecksum(bytes, bytes.length));
        try {
            out.write(record.array());
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    static int maskedChecksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new ElasticVisionException(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
