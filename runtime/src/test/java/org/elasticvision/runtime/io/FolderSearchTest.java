package org.elasticvision.runtime.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FolderSearchTest {
    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
    void aLinkBackIsNamedAsSuch() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("a"));
        Path photo = Files.createFile(inside.resolve("1.PNG"));
        assertThat(FolderSearch.files(folder, Set.of("png"))).containsExactly(photo);
        Path link = Files.createSymbolicLink(inside.resolve("loop"), folder);
        assertThatThrownBy(() -> FolderSearch.files(folder, Set.of("png")))
                .isInstanceOf(IOException.class)
                .hasMessage(link + " is a link back to a folder that it is in; remove it");
    }
}
