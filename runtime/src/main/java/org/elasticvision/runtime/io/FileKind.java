package org.elasticvision.runtime.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Kinds of files that are given in place of another by mistake, told by their first bytes. */
public enum FileKind {
    /** A picture. */
    IMAGE("an image"),
    /** What {@code torch.save} writes. */
    CHECKPOINT("a PyTorch checkpoint"),
    /** Weights without a network. */
    SAFETENSORS("a safetensors file of weights"),
    /** The few lines that stand for a large file in a Git repository. */
    GIT_LFS_POINTER("a Git LFS pointer"),
    /** HTML, as a download of an address that wants a login leaves it. */
    WEB_PAGE("a web page"),
    /** JSON. */
    JSON("a JSON file"),
    /** Compressed, or several files in one. */
    ARCHIVE("a compressed file or an archive"),
    /** Keras and others. */
    HDF5("an HDF5 file"),
    /** TensorFlow Lite. */
    TFLITE("a TensorFlow Lite model");

    private static final int HEAD = 512;
    private static final int TAR_MAGIC_AT = 257;
    private static final int SAFETENSORS_HEADER = 8;
    private static final int LAST_PICKLE_PROTOCOL = 5;

    private final String text;

    FileKind(String text) {
        this.text = text;
    }

    /** {@return with its article, such as {@code an image}} */
    @Override
    public String toString() {
        return text;
    }

    /**
     * Looks at the beginning of a file.
     *
     * @param file the file
     * @return empty for what is none of these
     * @throws IOException if it cannot be read
     */
    public static Optional<FileKind> of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1));
        }
    }

    private static Optional<FileKind> of(String head) {
        if (isImage(head)) {
            return Optional.of(IMAGE);
        }
        if (isCheckpoint(head)) {
            return Optional.of(CHECKPOINT);
        }
        if (head.length() > SAFETENSORS_HEADER
                && head.charAt(SAFETENSORS_HEADER - 1) == 0
                && head.charAt(SAFETENSORS_HEADER) == '{') {
            return Optional.of(SAFETENSORS);
        }
        if (isArchive(head)) {
            return Optional.of(ARCHIVE);
        }
        if (head.startsWith("\u0089HDF")) {
            return Optional.of(HDF5);
        }
        if (head.startsWith("TFL3", 4)) {
            return Optional.of(TFLITE);
        }
        return ofText(head);
    }

    private static Optional<FileKind> ofText(String head) {
        String text = head.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("version https://git-lfs.") || lower.startsWith("version https://hawser.")) {
            return Optional.of(GIT_LFS_POINTER);
        }
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
            return Optional.of(WEB_PAGE);
        }
        boolean json = text.startsWith("{") && text.substring(1).stripLeading().startsWith("\"");
        return json ? Optional.of(JSON) : Optional.empty();
    }

    private static boolean isImage(String head) {
        return head.startsWith("\u00ff\u00d8\u00ff")
                || head.startsWith("\u0089PNG\r\n")
                || head.startsWith("GIF8")
                || (head.startsWith("RIFF") && head.startsWith("WEBP", 8))
                || head.startsWith("II*\0")
                || head.startsWith("MM\0*")
                || (head.startsWith("BM") && head.startsWith("\0\0\0\0", 6));
    }

    /** A zip file with a pickle in it, or a bare pickle. */
    private static boolean isCheckpoint(String head) {
        if (head.startsWith("PK\u0003\u0004")) {
            return head.contains("data.pkl");
        }
        return head.length() > 1 && head.charAt(0) == 0x80 && head.charAt(1) <= LAST_PICKLE_PROTOCOL;
    }

    private static boolean isArchive(String head) {
        return head.startsWith("PK\u0003\u0004")
                || head.startsWith("\u001f\u008b")
                || head.startsWith("BZh")
                || head.startsWith("\u00fd7zXZ")
                || head.startsWith("(\u00b5/\u00fd")
                || head.startsWith("7z\u00bc\u00af")
                || head.startsWith("Rar!")
                || head.startsWith("ustar", TAR_MAGIC_AT);
    }
}
