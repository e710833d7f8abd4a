package org.elasticvision.runtime.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.gpu.SharedLibrary.Presence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class SharedLibraryTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void onLinux() {
        assumeTrue(Loader.getPlatform().startsWith("linux"), "only Linux is asked");
    }

    @Test
    void theSystemsOwn() {
        assertThat(SharedLibrary.load("libm.so.6")).isEqualTo(new SharedLibrary("libm.so.6", Presence.LOADS, ""));
    }

    @Test
    void none() {
        assertThat(SharedLibrary.load("libnot_there.so.1"))
                .isEqualTo(new SharedLibrary("libnot_there.so.1", Presence.MISSING, ""));
    }

    @Test
    void aDamagedOne() throws IOException {
        Path file = Files.writeString(folder.resolve("libdamaged.so"), "not a library");
        SharedLibrary library = SharedLibrary.load(file.toString());
        assertThat(library.presence()).isEqualTo(Presence.BROKEN);
        assertThat(library.message()).contains("libdamaged.so");
    }
}
