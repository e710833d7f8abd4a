package org.elasticvision.runtime.engine.onednn.natives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.elasticvision.runtime.engine.onednn.OneDnnRequirements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class OpenMpTest {
    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @Test
    void theNumberOfThreadsCanBeSet() {
        assertThat(OpenMp.setThreads(2)).isTrue();
        assertThat(OpenMp.setThreads(1)).isTrue();
    }

    @Test
    void whatThisProcessStartsSeesNoSettingOfOurs() throws IOException {
        String before = System.getenv("GOMP_SPINCOUNT");
        Process process = new ProcessBuilder("sh", "-c", "echo \"[$GOMP_SPINCOUNT]\"").start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("[" + (before == null ? "" : before) + "]\n");
    }
}
