package org.elasticvision.runtime.engine.plugin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shared library as a file: what it is for, and whether it is a plug-in of ONNX Runtime. It is read, not loaded. */
public final class LibraryFile {
    /** The function that ONNX Runtime calls in a plug-in. */
    private static final byte[] ENTRY = "CreateEpFactories".getBytes(StandardCharsets.US_ASCII);

    private static final int HEAD = 4096;
    private static final int PIECE = 1 << 20;
    private static final Pattern NAME = Pattern.compile("(?:lib)?([\\w-]+?)\\.(?:so|dylib|dll)");

    private LibraryFile() {}

    /**
     * {@return why a file cannot be a plug-in here, to follow its name; empty where it can}
     *
     * @param file to be read
     */
    public static Optional<String> problem(Path file) {
        return problem(file, Platform.current());
    }

    static Optional<String> problem(Path file, Platform here) {
        if (!Files.isRegularFile(file)) {
            return Optional.of("is not there; 'elastic provider list' shows which are");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            Optional<Platform> platform = platform(channel);
            if (platform.isEmpty()) {
                return Optional.of(
                        "is not a shared library, or is damaged; a package is unpacked by" + " 'elastic provider add'");
            }
            if (!here.runs(platform.get())) {
                return Optional.of("is a library for " + platform.get() + ", and this is " + here);
            }
            if (isCutOff(channel)) {
                return Optional.of("is cut off; copy or download it again");
            }
            return hasEntry(channel)
                    ? Optional.empty()
                    : Optional.of("is not a plug-in of ONNX Runtime: it has no function CreateEpFactories");
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    /**
     * {@return the word for {@code --provider} that the name of a library gives, such as {@code openvino} of
     * {@code libonnxruntime_providers_openvino_plugin.so}; empty where it is not a name of a library, or has a version at its end}
     *
     * @param file need not be there
     */
    public static Optional<String> provider(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT));
        if (!name.matches()) {
            return Optional.empty();
        }
        String word = name.group(1)
                .replaceFirst("^onnxruntime_", "")
                .replaceFirst("^providers_", "")
                .replaceFirst("^nv_", "")
                .replaceFirst("(?:_ep|_plugin|_provider|_execution_provider)+$", "")
                .replace('_', '-');
        return word.matches("[a-z][a-z0-9-]*") ? Optional.of(word) : Optional.empty();
    }

    private static Optional<Platform> platform(FileChannel channel) throws IOException {
        ByteBuffer head = read(channel, 0, HEAD);
        if (head.remaining() < 64) {
            return Optional.empty();
        }
        int magic = head.getInt(0);
        if (magic == 0x464c457f && head.get(4) == 2 && head.get(5) == 1) { // ELF, 64 bits, little-endian
            return Optional.of(new Platform("Linux", machine(Short.toUnsignedInt(head.getShort(18)), 62, 183)));
        }
        if (magic == 0xfeedfacf) { // Mach-O
            return Optional.of(new Platform("macOS", machine(head.getInt(4), 0x01000007, 0x0100000c)));
        }
        if (magic == 0xbebafeca && head.get(7) < 16) { // of several; a Java class begins so too, with a larger number
            return Optional.of(new Platform("macOS", Platform.ANY));
        }
        int pe = head.getInt(60);
        if (head.getShort(0) == 0x5a4d && pe > 0 && pe + 6 <= head.remaining() && head.getInt(pe) == 0x4550) {
            return Optional.of(
                    new Platform("Windows", machine(Short.toUnsignedInt(head.getShort(pe + 4)), 0x8664, 0xaa64)));
        }
        return Optional.empty();
    }

    private static String machine(int number, int x86, int arm) {
        return number == x86 ? "x86_64" : number == arm ? "aarch64" : "another processor";
    }

    /** The table of sections stands at the end of ELF files. */
    private static boolean isCutOff(FileChannel channel) throws IOException {
        ByteBuffer head = read(channel, 0, 64);
        if (head.getInt(0) != 0x464c457f) {
            return false;
        }
        long end = head.getLong(40)
                + (long) Short.toUnsignedInt(head.getShort(58)) * Short.toUnsignedInt(head.getShort(60));
        return end > channel.size();
    }

    private static boolean hasEntry(FileChannel channel) throws IOException {
        for (long from = 0; from < channel.size(); from += PIECE) {
            if (contains(read(channel, from, PIECE + ENTRY.length - 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(ByteBuffer bytes) {
        for (int at = 0; at <= bytes.limit() - ENTRY.length; at++) {
            int same = 0;
            while (same < ENTRY.length && bytes.get(at + same) == ENTRY[same]) {
                same++;
            }
            if (same == ENTRY.length) {
                return true;
            }
        }
        return false;
    }

    private static ByteBuffer read(FileChannel channel, long offset, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, Math.max(0, channel.size() - offset)))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
        return bytes.flip();
    }
}
