package org.elasticvision.runtime.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageSearchTest {
    @TempDir
    Path folder;

    @Test
    void findsImagesByTheirNames() throws IOException {
        Path last = file("b/photo.jpg");
        Path first = file("a/deeper/photo.WebP");
        Path middle = file("a/photo.tar.jpeg");
        Path sign = file("b/sign.ppm");
        Path scan = file("c/scan.TIFF");
        file("a/notes.txt");
        file("a/jpg");
        file("a/.hidden.jpg");
        file(".hidden/photo.jpg");
        Files.createDirectory(folder.resolve("a/folder.png"));
        assertThat(ImageSearch.inFolder(folder)).containsExactly(first, middle, last, sign, scan);
    }

    @Test
    void saysThatThereAreNone() throws IOException {
        Path notes = file("notes.txt");
        assertThatThrownBy(() -> ImageSearch.inFolder(folder))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage(folder + ": no images in this folder (looked for bmp, jfif, jpeg, jpg, pbm, pgm, png, pnm,"
                        + " ppm, tif, tiff, webp)");
        assertThatThrownBy(() -> ImageSearch.inFolder(notes))
                .hasMessage(notes + ": is not a folder; give a folder of images");
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
