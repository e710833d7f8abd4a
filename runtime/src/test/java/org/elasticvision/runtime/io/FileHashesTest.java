package org.elasticvision.runtime.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FileHashesTest {
    private static final FileTime EARLIER = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path memory;

    @TempDir
    Path folder;

    private Path file;
    private FileHashes hashes;

    @BeforeEach
    void writeAFile() throws IOException {
        file = Files.writeString(folder.resolve("a"), "abc");
        Files.setLastModifiedTime(file, EARLIER);
        hashes = new FileHashes(memory);
    }

    @Test
    void aHashIsThatOfTheContents() throws IOException {
        assertThat(hashes.sha256(file)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(hashes.sha256(file)).isEqualTo(ContentHash.ofFile(file));
    }

    /** Shown by the one change that cannot be noticed. */
    @Test
    void aFileThatIsKnownIsNotReadAgain() throws IOException {
        String known = hashes.sha256(file);
        Files.writeString(file, "xyz");
        Files.setLastModifiedTime(file, EARLIER);
        assertThat(new FileHashes(memory).sha256(file)).isEqualTo(known);
    }

    @Test
    void anotherTimeOrSizeIsAnotherFile() throws IOException {
        String known = hashes.sha256(file);
        Files.writeString(file, "xyz");
        assertThat(hashes.sha256(file)).isNotEqualTo(known).isEqualTo(ContentHash.ofFile(file));
        Files.writeString(file, "longer");
        Files.setLastModifiedTime(file, EARLIER);
        assertThat(hashes.sha256(file)).isEqualTo(ContentHash.ofFile(file));
    }

    @Test
    void aLinkAndItsFileAreKnownAsOne() throws IOException {
        hashes.sha256(file);
        hashes.sha256(Files.createSymbolicLink(folder.resolve("link"), file));
        assertThat(memos()).hasSize(1);
    }

    /** It could change again within the same tick of the clock. */
    @Test
    void aFileThatJustChangedIsNotRemembered() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        hashes.sha256(file);
        assertThat(memos()).isEmpty();
    }

    @Test
    void aDamagedMemoryIsWrittenAnew() throws IOException {
        String known = hashes.sha256(file);
        for (String damage : List.of("", "x", known.substring(1), known.replace('b', 'B'))) {
            Files.writeString(memos().get(0), damage);
            assertThat(hashes.sha256(file)).isEqualTo(known);
            assertThat(Files.readString(memos().get(0))).startsWith(known + " ");
        }
    }

    @Test
    void aMemoryThatCannotBeWrittenIsDoneWithout() throws IOException {
        String known = hashes.sha256(file);
        Path memo = memos().get(0);
        Files.delete(memo);
        Files.createDirectory(memo);
        assertThat(hashes.sha256(file)).isEqualTo(known);
        assertThat(memo).isDirectory();
    }

    private List<Path> memos() throws IOException {
        try (Stream<Path> files = Files.list(memory)) {
            return files.toList();
        }
    }
}
