package org.elasticvision.convert.checkpoint.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells by its first bytes whether a file is one of the forms of a checkpoint, and what it is if not. */
public enum FileKind {
    LEGACY,
    ZIP,
    SAFETENSORS;

    private static final int HEAD = 512;
    private static final int TAR_MAGIC_AT = 257;
    private static final int HEADER_AT = Long.BYTES;
    private static final String GIVE = "; give the file that torch.save wrote";

    /** How a legacy file begins with pickle protocol 1. */
    private static final String MAGIC_AS_TEXT = "L119547037146038801333356L";

    private static final String UNPACK = "; unpack it first";

    private record Magic(String bytes, String problem) {}

    private static final List<Magic> OTHERS = List.of(
            new Magic("\u001f\u008b", "compressed with gzip" + UNPACK + " (gunzip)"),
            new Magic("BZh", "compressed with bzip2" + UNPACK + " (bunzip2)"),
            new Magic("\u00fd7zXZ", "compressed with xz" + UNPACK + " (unxz)"),
            new Magic("(\u00b5/\u00fd", "compressed with zstd" + UNPACK + " (unzstd)"),
            new Magic("7z\u00bc\u00af", "a 7z archive" + UNPACK),
            new Magic("Rar!", "a rar archive" + UNPACK),
            new Magic("PK\u0005\u0006", "an empty zip file; download it again"),
            new Magic("PK\u0007\u0008", "a part of a zip file that was split; join its parts first (zip -s 0)"),
            new Magic("\u0089HDF", "an HDF5 file, not a PyTorch file" + GIVE),
            new Magic("\u0093NUMPY", "a NumPy array, not a PyTorch file" + GIVE),
            new Magic("GGUF", "a GGUF file, not a PyTorch file" + GIVE),
            new Magic("\u0089PNG", "a PNG picture, not a PyTorch file" + GIVE),
            new Magic("\u00ff\u00d8\u00ff", "a JPEG picture, not a PyTorch file" + GIVE),
            new Magic("%PDF", "a PDF document, not a PyTorch file" + GIVE),
            new Magic("\u007fELF", "a program or library, not a PyTorch file" + GIVE),
            new Magic("version https://git-lfs", "a Git LFS pointer, not the file itself; run 'git lfs pull'"));

    /**
     * {@return what a file is, by how it begins}
     *
     * @throws CheckpointException if it is none of them; the message says what it is
     */
    public static FileKind of(CheckpointFile file) {
        if (file.size() == 0) {
            throw file.problem("empty; download it again");
        }
        ByteBuffer buffer = file.read(0, (int) Math.min(HEAD, file.size()));
        String head = StandardCharsets.ISO_8859_1.decode(buffer).toString();
        if (head.startsWith("PK\u0003\u0004")) {
            return ZIP;
        }
        // A length of less than 4 GB, then JSON. Asked before pickles, as a length may begin like one.
        if (head.length() > HEADER_AT && head.startsWith("\0\0\0\0{", HEADER_AT - 4)) {
            return SAFETENSORS;
        }
        if ((head.startsWith("\u0080") && (head.length() < 2 || head.charAt(1) <= 5))
                || head.startsWith(MAGIC_AS_TEXT)) {
            return LEGACY;
        }
        for (Magic other : OTHERS) {
            if (head.startsWith(other.bytes)) {
                throw file.problem(other.problem);
            }
        }
        if (head.startsWith("ustar", TAR_MAGIC_AT)) {
            throw file.problem("a tar archive; unpack it first, or if PyTorch before 0.1.10 wrote it, load and save it"
                    + " again with a current PyTorch");
        }
        if (isOnnx(head)) {
            throw file.problem("an ONNX model already, not a checkpoint; 'predict', 'evaluate' and 'quantize' take it");
        }
        if (isNothingBut(head, '\0')) {
            throw file.problem("nothing but zeros where it begins, as a download that was not finished leaves it;"
                    + " download it again");
        }
        String text = TextHead.of(head);
        if (text != null) {
            throw file.problem(text);
        }
        throw file.problem(
                "not a PyTorch file; download it again, or give the file that torch.save wrote, or a .safetensors file");
    }

    /** A protobuf message that begins with ONNX's version number (field 1) and a text, the producer (field 2). */
    private static boolean isOnnx(String head) {
        return head.length() > 4
                && head.charAt(0) == 0x08
                && head.charAt(1) < 0x40
                && (head.charAt(2) == 0x12 || head.charAt(2) == 0x3a || head.charAt(2) == 0x42);
    }

    private static boolean isNothingBut(String head, char value) {
        return head.chars().allMatch(c -> c == value);
    }
}
