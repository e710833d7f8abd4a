package org.elasticvision.runtime.io;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserCacheTest {
    @Test
    void liesInTheHomeFolder() {
        assertThat(UserCache.folder("calibration", Map.of(), "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.cache/elasticvision/calibration"));
    }

    @Test
    void orWhereTheEnvironmentSays() {
        assertThat(UserCache.folder("calibration", Map.of("XDG_CACHE_HOME", "/caches"), "/home/ada"))
                .isEqualTo(Path.of("/caches/elasticvision/calibration"));
        assertThat(UserCache.folder("calibration", Map.of("XDG_CACHE_HOME", " "), "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.cache/elasticvision/calibration"));
    }
}
