package org.elasticvision.runtime.io;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextFilesTest {
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDeviceWithoutEndIsNotReadForEver() {
        assertThatThrownBy(() -> TextFiles.read(Path.of("/dev/zero")))
                .isInstanceOf(IOException.class)
                .hasMessage("it is a device or a pipe, and has not ended after 64 MB");
    }
}
