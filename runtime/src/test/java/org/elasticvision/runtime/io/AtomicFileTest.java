package org.elasticvision.runtime.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void newAndReplacedFilesHaveTheWholeContent() throws IOException {
        Path target = folder.resolve("a.txt");
        for (String text : new String[] {"first", "second, longer"}) {
            AtomicFile.write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(target).hasContent(text);
        }
        assertOnly("a.txt");
    }

    @Test
    void aDraftIsPublishedOrGone() throws IOException {
        Path target = folder.resolve("a.txt");
        for (String text : new String[] {"first", "second"}) {
            try (AtomicFile.Draft draft = AtomicFile.draft(target)) {
                Files.writeString(draft.path(), text);
                draft.publish();
            }
            assertThat(target).hasContent(text);
            try (AtomicFile.Draft draft = AtomicFile.draft(target)) {
                Files.writeString(draft.path(), "discarded");
                assertThat(target).hasContent(text);
            }
            assertThat(target).hasContent(text);
        }
        assertOnly("a.txt");
    }

    @Test
    void whatWasThereIsKept() throws IOException {
        Path target = folder.resolve("a.txt");
        Path previous = folder.resolve("a.previous.txt");
        for (String text : new String[] {"first", "second", "third"}) {
            AtomicFile.write(target, previous, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(target).hasContent("third");
        assertThat(previous).hasContent("second");
        assertThatThrownBy(() -> AtomicFile.write(target, previous, out -> {
                    throw new IOException("No space left on device");
                }))
                .hasMessage(target + ": cannot be written: the disk is full; make room there or write elsewhere");
        assertThat(target).hasContent("third");
        assertThat(previous).hasContent("second");
        assertOnly("a.previous.txt", "a.txt");
    }

    /** As a process leaves them that is killed before the new file takes its place. */
    @Test
    void bothNamesMayBeOfOneFile() throws IOException {
        Path target = Files.writeString(folder.resolve("a.txt"), "old");
        Path previous = Files.createLink(folder.resolve("a.previous.txt"), target);
        AtomicFile.replace(target, previous, temporary -> Files.writeString(temporary, "new"));
        assertThat(target).hasContent("new");
        assertThat(previous).hasContent("old");
        assertOnly("a.previous.txt", "a.txt");
    }

    @Test
    void theTargetIsUntouchedUntilTheWriterIsDone() throws IOException {
        Path target = Files.writeString(folder.resolve("a.txt"), "old");
        AtomicFile.write(target, out -> {
            out.write(1);
            out.flush();
            assertThat(target).hasContent("old");
        });
        assertThat(target).hasBinaryContent(new byte[] {1});
    }

    @Test
    void aFailureLeavesTheOldFileAndNoTemporaryFile() throws IOException {
        Path target = Files.writeString(folder.resolve("a.txt"), "old");
        assertThatThrownBy(() -> AtomicFile.write(target, out -> {
                    out.write(1);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage(target + ": cannot be written: disk full");
        assertThatThrownBy(() -> AtomicFile.write(target, out -> {
                    out.write(1);
                    throw new IllegalStateException("defect");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(target).hasContent("old");
        assertOnly("a.txt");
    }

    @Test
    void aWriterThatWritesNothingIsAnError() {
        Path target = folder.resolve("a.txt");
        assertThatThrownBy(() -> AtomicFile.replace(target, temporary -> {}))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(target + ": cannot be written: ");
        assertThat(target).doesNotExist();
    }

    @Test
    void aPathWriterGetsTheTargetsExtension() throws IOException {
        AtomicFile.replace(folder.resolve("model.onnx"), temporary -> {
            assertThat(temporary.getFileName().toString()).endsWith(".onnx");
            assertThat(temporary.getParent()).isEqualTo(folder);
            Files.writeString(temporary, "x");
        });
        assertOnly("model.onnx");
    }

    @Test
    void aMissingFolderIsNamed() {
        Path target = folder.resolve("no/such/a.txt");
        assertThatThrownBy(() -> AtomicFile.write(target, out -> {}))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("there is no folder " + target.getParent())
                .hasMessageContaining("create it");
    }

    @Test
    void aFolderIsNotATarget() {
        assertThatThrownBy(() -> AtomicFile.write(folder, out -> {}))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void aFolderWithoutPermissionIsNamed() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeFalse(
                !locked.toFile().setWritable(false) || Files.isWritable(locked), "runs as a user who may write all");
        assertThatThrownBy(() -> AtomicFile.write(locked.resolve("a.txt"), out -> {}))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("no permission to create files in " + locked);
    }

    @Test
    void aSymbolicLinkStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
        AtomicFile.write(link, out -> out.write('x'));
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("x");
    }

    private void assertOnly(String... names) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }
}
