package org.elasticvision.runtime.io.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FileNamesTest {
    @Test
    void aStemIsTheNameWithoutItsLastEnding() {
        assertThat(FileNames.stem(Path.of("a/photo.jpg"))).isEqualTo("photo");
        assertThat(FileNames.stem(Path.of("a.b/photo.tar.gz"))).isEqualTo("photo.tar");
        assertThat(FileNames.stem(Path.of(".hidden"))).isEqualTo(".hidden");
        assertThat(FileNames.stem(Path.of("plain"))).isEqualTo("plain");
    }

    @Test
    void aFileHasOnePlaceHoweverItIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        assertThat(FileNames.place(link.resolve("file"))).isEqualTo(FileNames.place(file));
        assertThat(FileNames.place(folder.resolve("x/../file"))).isEqualTo(file.toRealPath());
        assertThat(FileNames.place(link.resolve("new")))
                .as("not there yet")
                .isEqualTo(folder.toRealPath().resolve("new"));
    }
}
