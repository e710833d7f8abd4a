package org.elasticvision.runtime.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UserCacheTest {
    private static final Optional<Path> HOME = Optional.of(Path.of("/home/ada"));

    @Test
    void liesInTheHomeFolder() {
        assertThat(UserCache.folder("calibration", Map.of(), HOME))
                .isEqualTo(Path.of("/home/ada/.cache/elasticvision/calibration"));
    }

    @Test
    void orWhereTheEnvironmentSays() {
        assertThat(UserCache.folder("calibration", Map.of("XDG_CACHE_HOME", "/caches"), HOME))
                .isEqualTo(Path.of("/caches/elasticvision/calibration"));
        assertThat(UserCache.folder("calibration", Map.of("XDG_CACHE_HOME", " "), HOME))
                .isEqualTo(Path.of("/home/ada/.cache/elasticvision/calibration"));
    }

    /** As the specification of these variables says; caches would else be left wherever a command is called. */
    @Test
    void aRelativeFolderOfTheEnvironmentIsIgnored() {
        assertThat(UserCache.folder("calibration", Map.of("XDG_CACHE_HOME", "caches"), HOME))
                .isEqualTo(Path.of("/home/ada/.cache/elasticvision/calibration"));
    }

    /** A number in a container is no user to Java, whose home folder is "?" then. */
    @Test
    void aUserWhomTheSystemDoesNotKnowHasTheHomeFolderOfTheEnvironmentOrNone() {
        assertThat(HomeFolder.find(Map.of("HOME", "/data"), "?")).contains(Path.of("/data"));
        assertThat(HomeFolder.find(Map.of("HOME", "/data"), "/home/ada")).contains(Path.of("/home/ada"));
        assertThat(HomeFolder.find(Map.of(), "?")).isEmpty();
        assertThat(HomeFolder.find(Map.of("HOME", "here"), "")).isEmpty();
    }

    /** JavaCPP would make a folder named "?" where the command is started. */
    @Test
    void javaCppIsKeptFromAHomeFolderThatIsNone() {
        String home = System.getProperty("user.home");
        String cache = System.clearProperty("org.bytedeco.javacpp.cachedir");
        try {
            HomeFolder.protect();
            assertThat(System.getProperty("org.bytedeco.javacpp.cachedir")).isNull();
            System.setProperty("user.home", "?");
            HomeFolder.protect();
            assertThat(Path.of(System.getProperty("org.bytedeco.javacpp.cachedir")))
                    .isAbsolute()
                    .endsWith(Path.of(".javacpp", "cache"));
        } finally {
            System.setProperty("user.home", home);
            if (cache == null) {
                System.clearProperty("org.bytedeco.javacpp.cachedir");
            } else {
                System.setProperty("org.bytedeco.javacpp.cachedir", cache);
            }
        }
    }

    @Test
    void withoutAHomeFolderNothingCanBeKept() {
        Path folder = UserCache.folder("calibration", Map.of(), Optional.empty());
        assertThat(folder.isAbsolute()).isTrue();
        assertThatThrownBy(() -> Files.createDirectories(folder)).isInstanceOf(IOException.class);
    }
}
