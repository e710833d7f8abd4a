package org.elasticvision.runtime.doctor;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * A library of NVIDIA's, and Java's bridge to it.
 *
 * @param name as the finding names it
 * @param artifact of org.bytedeco, in which the bridge is
 * @param bridge the bridge's class
 * @param fileName by which Linux finds the library
 * @param remedy what installs it
 */
public record NvidiaLibrary(String name, String artifact, String bridge, String fileName, String remedy) {
    static final String DRIVER = "libcuda.so.1";

    /**
     * {@return what is known of it} Where the bridge does not answer, it looks for the reason, which loads libraries:
     * only for isolated checkups.
     *
     * @param version that the bridge answers; empty where it does not load
     */
    public Finding finding(Optional<String> version) {
        if (version.isPresent()) {
            return Finding.ok(name).withVersion(version.get());
        }
        if (!isBridgeThere()) {
            return Finding.absent(name, "its Java classes are not on the class path")
                    .withRemedy("add the dependency org.bytedeco:" + artifact + ":" + Dependencies.version(artifact)
                            + ", and the same with the classifier " + Loader.getPlatform());
        }
        return withoutBridge(SharedLibrary.load(DRIVER), library());
    }

    private boolean isBridgeThere() {
        return isOnClassPath(bridge.replace('.', '/') + ".class");
    }

    /** The library comes with the system, or in a jar of the same artifact, from where only the bridge loads it. */
    private SharedLibrary library() {
        return isOnClassPath("org/bytedeco/" + artifact + "/" + Loader.getPlatform() + "/" + fileName)
                ? new SharedLibrary(fileName, SharedLibrary.Presence.LOADS, "")
                : SharedLibrary.load(fileName);
    }

    private static boolean isOnClassPath(String resource) {
        return NvidiaLibrary.class.getResource("/" + resource) != null;
    }

    Finding withoutBridge(SharedLibrary driver, SharedLibrary library) {
        boolean wantsDriver =
                !driver.loads() && (library.loads() || library.message().startsWith(DRIVER));
        if (wantsDriver) {
            return Finding.absent(name, fileName + " is there; using it takes NVIDIA's driver");
        }
        return switch (library.presence()) {
            case MISSING ->
                Finding.absent(name, "not installed: " + fileName + " is not found")
                        .withRemedy(remedy);
            case NOT_ASKED ->
                Finding.absent(name, "not installed, or its folder is not on the PATH")
                        .withRemedy(remedy);
            case BROKEN ->
                Finding.broken(name, "is there and does not load: " + library.message())
                        .withRemedy(remedy);
            case LOADS ->
                Finding.broken(
                                name,
                                fileName + " is there, but is of another version than Java needs, or other libraries of"
                                        + " CUDA are missing")
                        .withRemedy(remedy);
        };
    }
}
