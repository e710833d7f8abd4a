package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A file that cannot be used is refused in one line that names it, says what is wrong and, where there is one, the
 * remedy.
 */
class BadFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            bad_gzip.pth.tar               | compressed with gzip; unpack it first (gunzip)
            bad_legacy_code.pth.tar        | refers to 'posix.system'
            bad_legacy_cut_0.pth.tar       | empty; download it again
            bad_legacy_cut_1.pth.tar       | cut off: it has 1 bytes
            bad_legacy_cut_10.pth.tar      | cut off: it has 10 bytes
            bad_legacy_cut_100.pth.tar     | cut off: it has 100 bytes
            bad_legacy_cut_2003.pth.tar    | cut off: it has 2003 bytes
            bad_legacy_cut_4006.pth.tar    | cut off: expected 4007 bytes, has 4006; download it again
            bad_legacy_huge_storage.pth.tar| has 1099511627776 elements, its tensors that it has
            bad_text.pth.tar               | a web page (HTML), not a PyTorch file (text that begins with '<html>404 Not Found</html>')
            bad_zip_code.pth.tar           | eval'
            bad_zip_cut_10.pth.tar         | cut off: it has 10 bytes
            bad_zip_cut_3414.pth.tar       | cut off: it has 3414 bytes
            bad_zip_cut_6827.pth.tar       | cut off: it has 6827 bytes
            bad_zip_missing_storage.pth.tar| storage zip.pth/data/0 is missing
            """)
    void everyBadFileIsRefusedInOneLine(String name, String fragment) {
        refused(Resources.file(name), fragment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            BZh91AY                        | bzip2
            7z¼¯'                          | 7z archive
            Rar!                           | rar archive
            ‰HDF                           | HDF5
            version https://git-lfs.github | git lfs pull
            {"a": [{"b": 1}]}              | text, not a PyTorch file
            ÿþýü                           | : not a PyTorch file
            """)
    void otherKindsOfFilesAreCalledByTheirName(String head, String fragment) throws IOException {
        refused(write(head.replace('‰', '\u0089').getBytes(StandardCharsets.ISO_8859_1)), fragment);
    }

    @Test
    void aTarArchiveIsRefused() throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        refused(write(tar), "before 0.1.10");
    }

    @Test
    void whatIsNoFileIsRefused() {
        refused(folder, "a folder");
        refused(folder.resolve("nowhere.pth"), "does not exist");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("other.pth"), bytes);
    }

    /** It opens, at no cost, but what would be the network is not. */
    static void givesNoWeights(Path file, String fragment) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatThrownBy(checkpoint::stateDict)
                    .isInstanceOf(CheckpointException.class)
                    .message()
                    .satisfies(message ->
                            assertThat(message).startsWith(file + ": ").hasLineCount(1))
                    .contains(fragment);
        }
    }

    static void refused(Path file, String fragment) {
        assertThatThrownBy(() -> Checkpoint.open(file))
                .isInstanceOf(CheckpointException.class)
                .message()
                .satisfies(
                        message -> assertThat(message).startsWith(file + ": ").hasLineCount(1))
                .contains(fragment);
    }
}
