package org.elasticvision.convert.tensorrt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Measurements only save time: nothing that goes wrong with them stops a build. */
class TimingCacheFileTest {
    @TempDir
    Path folder;

    @Test
    void whatWasKeptIsReadBack() {
        Path file = folder.resolve("cache");
        assertThat(TimingCacheFile.of(Optional.of(file)).read()).isEmpty();
        assertThat(TimingCacheFile.of(Optional.of(file)).write(new byte[] {1, 2}))
                .isEmpty();
        assertThat(TimingCacheFile.of(Optional.of(file)).read()).containsExactly(1, 2);
    }

    @Test
    void whatDidNotChangeIsNotWrittenAgain() throws IOException {
        Path file = Files.write(folder.resolve("cache"), new byte[] {1, 2});
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, longAgo);
        TimingCacheFile cache = TimingCacheFile.of(Optional.of(file));
        assertThat(cache.write(cache.read())).isEmpty();
        assertThat(cache.write(new byte[0])).isEmpty();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
        cache.write(new byte[] {3});
        assertThat(file).hasBinaryContent(new byte[] {3});
    }

    @Test
    void whatCannotBeKeptIsSaid() throws IOException {
        Path file = folder.resolve("cache");
        TimingCacheFile cache = TimingCacheFile.of(Optional.of(file));
        Files.createDirectory(file);
        assertThat(cache.read()).isEmpty();
        assertThat(cache.write(new byte[] {1}).orElseThrow())
                .startsWith("what TensorRT measured is not kept for the next build: ")
                .contains("is a folder");
    }

    @Test
    void usuallyItLiesInTheUsersCache() {
        assertThat(TimingCacheFile.of(Optional.empty()).file())
                .isEqualTo(TimingCacheFile.ofUser())
                .endsWithRaw(Path.of("elasticvision", "tensorrt", "timing.cache"));
    }
}
