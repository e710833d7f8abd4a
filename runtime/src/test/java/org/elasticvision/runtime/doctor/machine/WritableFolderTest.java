package org.elasticvision.runtime.doctor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WritableFolderTest {
    @TempDir
    private Path folder;

    @Test
    void trialLeavesNothingBehind() throws IOException {
        Finding finding = new WritableFolder(folder).finding("Cache", Health.BROKEN, "name another");
        assertThat(finding.health()).isEqualTo(Health.OK);
        assertThat(finding.detail().orElseThrow()).matches("\\Q" + folder + "\\E, \\d+(\\.\\d)? [MG]B free.*");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFolderThatCouldBeMadeIsFineAndIsNotMade() {
        Path later = folder.resolve("a/b");
        assertThat(new WritableFolder(later)
                        .finding("Cache", Health.BROKEN, "x")
                        .health())
                .isEqualTo(Health.OK);
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void aFileInItsPlaceIsNot() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path place : new Path[] {file, file.resolve("below")}) {
            Finding finding = new WritableFolder(place).finding("Cache", Health.ABSENT, "name another");
            assertThat(finding.health()).isEqualTo(Health.ABSENT);
            assertThat(finding.detail()).hasValue(place + " cannot be written to");
            assertThat(finding.remedy()).hasValue("name another");
        }
    }
}
