package org.elasticvision.runtime.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ImageFilesTest {
    @TempDir
    private Path folder;

    @Test
    void idxFilesAndImagesAreSourcesAlike() throws Exception {
        Path idx = Files.createDirectory(folder.resolve("idx"));
        IdxFiles.write(idx, "train", "-", ".gz", 5, 6, 7);
        IdxFiles.write(idx, "t10k", "-", ".gz", 2, 6, 7);
        Path pictures = Files.createDirectories(folder.resolve("pictures/deeper"));
        Path picture = Files.writeString(pictures.resolve("a.png"), "opened later");
        List<ImageSource> sources = ImageFiles.sources(List.of(idx, folder.resolve("pictures")));
        assertThat(sources).hasSize(6);
        assertThat(sources.get(4).name()).endsWith("train-images-idx3-ubyte.gz: image 4");
        assertThat(sources.get(4).decode(Orientation.IGNORE_EXIF).width()).isEqualTo(7);
        assertThat(sources.get(4).content()).isNotEqualTo(sources.get(3).content());
        assertThat(sources.get(5).name()).isEqualTo(picture.toString());
        assertThat(ImageFiles.spread(sources, 3)).containsExactly(sources.get(0), sources.get(2), sources.get(4));
    }
}
