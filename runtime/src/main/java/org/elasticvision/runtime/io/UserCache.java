package org.elasticvision.runtime.io;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where files are kept that can be made again: {@code ~/.cache/elasticvision}, or below {@code XDG_CACHE_HOME}. Whoever keeps
 * something there must do without it where that folder cannot be made or written.
 */
public final class UserCache {
    /** For users without a home folder: a place in which no folder can be made, so that nothing is kept. */
    private static final Path NOWHERE = Path.of("/dev/null");

    private UserCache() {}

    /**
     * {@return the folder for files of a kind; it may not exist yet, and need not be one that can be made}
     *
     * @param kind names the folder, such as {@code tensorrt}
     */
    public static Path folder(String kind) {
        return folder(kind, System.getenv(), HomeFolder.find());
    }

    static Path folder(String kind, Map<String, String> environment, Optional<Path> home) {
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        // its specification says that a relative path is to be ignored
        Path caches = base.isBlank() || !Path.of(base).isAbsolute()
                ? home.map(path -> path.resolve(".cache")).orElse(NOWHERE)
                : Path.of(base);
        return caches.resolve("elasticvision").resolve(kind);
    }
}
