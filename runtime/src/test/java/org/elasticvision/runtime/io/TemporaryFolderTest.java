package org.elasticvision.runtime.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.elasticvision.runtime.io.draft.Drafts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class TemporaryFolderTest {
    @Test
    void itGoesWithAllThatIsInIt() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.create("test");
                TemporaryFolder other = TemporaryFolder.create("test")) {
            path = folder.path();
            assertThat(path).isDirectory().isNotEqualTo(other.path());
            Files.writeString(Files.createDirectory(folder.resolve("inside")).resolve("file"), "x");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the temporary folder is the user's own there")
    void nobodyElseMayReadIt() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("test")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    /** {@code DraftsTest} shows that what is called so goes once its process has ended. */
    @Test
    void itsNameSaysWhichProcessItIsOf() {
        try (TemporaryFolder folder = TemporaryFolder.create("test")) {
            String draft = Drafts.beside(folder.path().resolveSibling("elastic-test"))
                    .getFileName()
                    .toString();
            String sameProcess = draft.substring(0, draft.lastIndexOf('-', draft.indexOf("-elastic-test") - 1));
            assertThat(folder.path().getFileName().toString())
                    .startsWith(sameProcess)
                    .endsWith("-elastic-test");
        }
    }
}
