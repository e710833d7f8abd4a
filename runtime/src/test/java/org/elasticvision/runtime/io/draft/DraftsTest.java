package org.elasticvision.runtime.io.draft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class DraftsTest {
    @TempDir
    private Path folder;

    @Test
    void theExtensionStaysAndNoTwoAreAlike() {
        Path model = folder.resolve("model.onnx");
        Path draft = Drafts.beside(model);
        assertThat(draft.getParent()).isEqualTo(folder);
        assertThat(draft).doesNotExist();
        assertThat(draft.getFileName().toString()).startsWith(".tmp-").endsWith("-model.onnx");
        assertThat(Drafts.beside(model)).isNotEqualTo(draft);
    }

    @Test
    void whatAKilledProcessHasLeftGoes() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/ns/pid")), "only Linux tells which machine it is");
        Path own = Files.createFile(Drafts.beside(folder.resolve("own")));
        String living =
                named(own, ProcessHandle.current().parent().orElseThrow().pid(), "0");
        String dead = named(own, ended(), "0");
        String earlierWithThisNumber = named(own, ProcessHandle.current().pid(), "0");
        for (String name : List.of(living, earlierWithThisNumber, "report.html", ".tmp-1-x.ort")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createDirectories(folder.resolve(dead).resolve("of a folder"));

        Drafts.tidy(folder);
        assertThat(names())
                .containsExactlyInAnyOrder(own.getFileName().toString(), living, "report.html", ".tmp-1-x.ort");
    }

    @Test
    void whatAnotherMachineWritesGoesAfterADay() throws IOException {
        Path now = Files.createFile(folder.resolve(".tmp-00000000-1-0-00000000-now"));
        Path then = Files.createFile(folder.resolve(".tmp-00000000-1-0-00000000-then"));
        Files.setLastModifiedTime(then, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

        Drafts.tidy(folder);
        assertThat(now).exists();
        assertThat(then).doesNotExist();
    }

    @Test
    void theFirstDraftInAFolderTidiesIt() throws IOException {
        Path then = Files.createFile(folder.resolve(".tmp-00000000-1-0-00000000-then"));
        Files.setLastModifiedTime(then, FileTime.from(Instant.EPOCH));
        Drafts.beside(folder.resolve("new"));
        assertThat(then).doesNotExist();
    }

    private static String named(Path own, long process, String start) {
        String[] parts = own.getFileName().toString().split("-", 5);
        return String.join("-", parts[0], parts[1], String.valueOf(process), start, parts[4]);
    }

    /** The number of a process that is no more. */
    private static long ended() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
