package org.elasticvision.runtime.engine.plugin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticvision.runtime.io.HomeFolder;

/**
 * Finds plug-ins by name: those that {@link PluginStore} unpacked, then those in the packages of the Pythons that are installed. It
 * reads folders and starts no process. Stateless.
 */
public final class PluginSearch {
    private static final int DEEPEST = 3;

    private final PluginStore store;
    private final List<Path> packages;

    /** Where this user's are. */
    public PluginSearch() {
        this(new PluginStore(), pythonPackages(System.getenv(), HomeFolder.find()));
    }

    /**
     * In some places.
     *
     * @param packages folders of Python's packages, as {@code site-packages}
     */
    public PluginSearch(PluginStore store, List<Path> packages) {
        this.store = store;
        this.packages = packages;
    }

    /** {@return the plug-in of a name, as {@code --provider} has it; the user's own before Python's} */
    public Optional<PluginLibrary> find(String name) {
        return store.find(name).or(() -> packages.stream()
                .flatMap(folder -> inPackages(folder).stream())
                .filter(library -> library.name().equals(name))
                .findFirst());
    }

    /** {@return all, each name once, in order} */
    public List<PluginLibrary> all() {
        Map<String, PluginLibrary> found = new LinkedHashMap<>();
        store.installed().forEach(library -> found.putIfAbsent(library.name(), library));
        packages.forEach(folder -> inPackages(folder).forEach(library -> found.putIfAbsent(library.name(), library)));
        return found.values().stream()
                .sorted(Comparator.comparing(PluginLibrary::name))
                .toList();
    }

    /** Of packages that are made for it; ONNX Runtime's own has libraries that are not plug-ins. */
    private static List<PluginLibrary> inPackages(Path folder) {
        List<PluginLibrary> found = new ArrayList<>();
        for (Path one : entries(folder)) {
            String name = one.getFileName().toString();
            if (name.startsWith("onnxruntime_") && !name.contains(".")) {
                libraries(one)
                        .forEach(file -> found.add(new PluginLibrary(
                                LibraryFile.provider(file).orElseThrow(), file, version(folder, name), false)));
            }
        }
        return found;
    }

    private static Optional<String> version(Path folder, String name) {
        return entries(folder).stream()
                .map(entry -> entry.getFileName().toString())
                .filter(entry -> entry.startsWith(name + "-") && entry.endsWith(".dist-info"))
                .map(entry -> entry.substring(name.length() + 1, entry.length() - ".dist-info".length()))
                .findFirst();
    }

    /** {@return the plug-ins for this platform in a folder and those below it} */
    static List<Path> libraries(Path folder) {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(file -> LibraryFile.provider(file).isPresent()
                            && Files.isRegularFile(file)
                            && LibraryFile.problem(file).isEmpty())
                    .sorted(Comparator.comparing((Path file) ->
                                    !file.getFileName().toString().contains("onnxruntime"))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException | UncheckedIOException notReadable) {
            return List.of();
        }
    }

    static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException | UncheckedIOException notReadable) {
            return List.of();
        }
    }

    /** Where Pythons keep packages: of the active environment, the user, and each Python on the path. */
    static List<Path> pythonPackages(Map<String, String> environment, Optional<Path> home) {
        Set<Path> roots = new LinkedHashSet<>();
        for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
            path(environment.getOrDefault(variable, "")).ifPresent(roots::add);
        }
        home.ifPresent(folder -> roots.add(folder.resolve(".local")));
        for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            path(entry).filter(PluginSearch::hasPython).ifPresent(folder -> {
                roots.add(folder); // Windows
                Path parent = folder.getParent();
                if (parent != null) {
                    roots.add(parent);
                    roots.add(parent.resolve("local"));
                }
            });
        }
        Set<Path> packages = new LinkedHashSet<>();
        for (Path root : roots) {
            packages.add(root.resolve("Lib").resolve("site-packages"));
            for (Path python : entries(root.resolve("lib"))) {
                if (python.getFileName().toString().startsWith("python")) {
                    packages.add(python.resolve("site-packages"));
                    packages.add(python.resolve("dist-packages"));
                }
            }
        }
        return packages.stream().filter(Files::isDirectory).toList();
    }

    private static boolean hasPython(Path folder) {
        return Files.exists(folder.resolve("python3")) || Files.exists(folder.resolve("python.exe"));
    }

    private static Optional<Path> path(String name) {
        try {
            return name.isBlank() ? Optional.empty() : Optional.of(Path.of(name).toAbsolutePath());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
