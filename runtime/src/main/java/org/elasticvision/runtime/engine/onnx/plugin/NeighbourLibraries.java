package org.elasticvision.runtime.engine.onnx.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticvision.runtime.gpu.NeededLibraries;
import org.elasticvision.runtime.gpu.SharedLibrary;

/**
 * Libraries beside a plug-in that the system does not find for it on Linux: the wheel of TensorRT-RTX has {@code libcudart.so.13.4.36},
 * its plug-in needs {@code libcudart.so.13}, and the wheel's Python code loads the one for the other.
 */
public final class NeighbourLibraries {
    private NeighbourLibraries() {}

    /**
     * Loads them for good. What does not load is left to be told of by whoever needs it.
     *
     * @param plugin that is about to be loaded
     */
    public static void load(Path plugin) {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return;
        }
        try (Stream<Path> files = Files.list(plugin.toAbsolutePath().getParent())) {
            load(plugin, files.sorted().toList(), new HashSet<>());
        } catch (IOException | UncheckedIOException notReadable) {
            // the loader says what is wrong
        }
    }

    private static void load(Path library, List<Path> files, Set<String> seen) throws IOException {
        for (String needed : NeededLibraries.of(library)) {
            Optional<Path> other = standIn(needed, files);
            if (other.isPresent() && seen.add(needed)) {
                load(other.get(), files, seen); // first what it needs itself
                SharedLibrary.load(other.get().toString());
            }
        }
    }

    /**
     * {@return the file for a needed name that is there only with a longer version}
     *
     * @param needed such as {@code libcudart.so.13}
     */
    static Optional<Path> standIn(String needed, List<Path> files) {
        List<String> names =
                files.stream().map(file -> file.getFileName().toString()).toList();
        return names.contains(needed)
                ? Optional.empty() // which plug-ins say how to find
                : files.stream()
                        .filter(file -> file.getFileName().toString().startsWith(needed + "."))
                        .findFirst();
    }
}
