package org.elasticvision.runtime.io;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user's home folder. Java takes it from the system's list of users; who is not on it, as in a container that runs under a
 * number, has the home folder {@code ?} then, which must never be used as a name.
 */
public final class HomeFolder {
    private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";

    private HomeFolder() {}

    /** {@return the home folder; empty where the user has none} */
    public static Optional<Path> find() {
        return find(System.getenv(), System.getProperty("user.home", ""));
    }

    static Optional<Path> find(Map<String, String> environment, String property) {
        return Stream.of(property, environment.getOrDefault("HOME", ""))
                .filter(name -> !name.isBlank() && !name.equals("?"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .findFirst();
    }

    /** Keeps JavaCPP, which unpacks libraries below the home folder, from making one. To be called before it loads the first. */
    public static void protect() {
        if (System.getProperty("user.home", "").equals("?") && System.getProperty(JAVACPP_CACHE) == null) {
            find().map(home -> home.resolve(".javacpp").resolve("cache"))
                    .ifPresentOrElse(
                            folder -> System.setProperty(JAVACPP_CACHE, folder.toString()),
                            () -> System.setProperty(
                                    JAVACPP_CACHE,
                                    Path.of(System.getProperty("java.io.tmpdir"), ".javacpp", "cache")
                                            .toString()));
        }
    }
}
