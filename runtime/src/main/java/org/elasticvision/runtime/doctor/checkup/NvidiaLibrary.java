package org.elasticvision.runtime.doctor.checkup;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.MissingLibrary;
import org.elasticvision.runtime.gpu.SharedLibrary;

/**
 * A library of NVIDIA's, and Java's bridge to it.
 *
 * @param name as the finding names it
 * @param artifact of org.bytedeco, in which the bridge is
 * @param bridge the bridge's class
 * @param fileName by which Linux finds the library
 * @param part of which this is a library: where the bridge does not answer, the first that is missing of the part's is named
 * @param remedy what installs it
 */
public record NvidiaLibrary(String name, String artifact, String bridge, String fileName, GpuPart part, String remedy) {
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
        SharedLibrary driver = SharedLibrary.load(GpuLibraries.DRIVER);
        return withoutBridge(driver, library(), GpuLibraries.firstMissing(part));
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

    /** @param missing the first of the part's libraries that does not load */
    Finding withoutBridge(SharedLibrary driver, SharedLibrary library, Optional<MissingLibrary> missing) {
        boolean lacksOther = library.loads()
                && missing.filter(other -> !other.library().fileName().equals(fileName))
                        .isPresent();
        if (lacksOther) {
            MissingLibrary other = missing.get();
            String detail = fileName + " is there, but " + other.problem();
            return (driver.loads() ? Finding.broken(name, detail) : Finding.absent(name, detail))
                    .withRemedy(other.library().remedy());
        }
        boolean wantsDriver =
                !driver.loads() && (library.loads() || library.message().startsWith(GpuLibraries.DRIVER));
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
                Finding.broken(name, fileName + " is there, but is of another version than Java needs")
                        .withRemedy(remedy);
        };
    }
}
