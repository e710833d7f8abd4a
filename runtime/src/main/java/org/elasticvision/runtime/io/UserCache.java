package org.elasticvision.runtime.io;

import java.nio.file.Path;
import java.util.Map;

/** Where files are kept that can be made again: {@code ~/.cache/elasticvision}, or below {@code XDG_CACHE_HOME}. */
public final class UserCache {
    private UserCache() {}

    /**
     * {@return the folder for files of a kind; it may not exist yet}
     *
     * @param kind names the folder, such as {@code tensorrt}
     */
    public static Path folder(String kind) {
        return folder(kind, System.getenv(), System.getProperty("user.home"));
    }

    static Path folder(String kind, Map<String, String> environment, String home) {
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = base.isBlank() ? Path.of(home, ".cache") : Path.of(base);
        return caches.resolve("elasticvision").resolve(kind);
    }
}
