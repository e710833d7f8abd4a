package org.elasticvision.runtime.engine.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.HomeFolder;
import org.elasticvision.runtime.io.draft.Drafts;
import org.elasticvision.runtime.io.draft.FileTree;

/**
 * The folder with this user's plug-ins: {@code ~/.local/share/elasticvision/providers}, or {@code ELASTIC_PROVIDERS}. Each has a folder
 * of its own, named as {@code --provider} names it. Safe for use by any number of threads and processes.
 */
public final class PluginStore {
    private static final String VERSION = "version.txt";

    private final Path folder;

    /** The user's own; it may not exist yet. */
    public PluginStore() {
        this(folder(System.getenv(), HomeFolder.find()));
    }

    /**
     * In a folder.
     *
     * @param folder need not exist
     */
    public PluginStore(Path folder) {
        this.folder = folder;
    }

    static Path folder(Map<String, String> environment, Optional<Path> home) {
        String named = environment.getOrDefault("ELASTIC_PROVIDERS", "");
        if (!named.isBlank()) {
            return Path.of(named).toAbsolutePath();
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isBlank()
                ? home.map(path -> path.resolve(".local").resolve("share")).orElse(Path.of("/dev/null"))
                : Path.of(data);
        return base.resolve("elasticvision").resolve("providers");
    }

    /** {@return where they are} */
    public Path folder() {
        return folder;
    }

    /** {@return the plug-in in the folder of that name} */
    Optional<PluginLibrary> find(String name) {
        Path own = folder.resolve(name);
        List<Path> libraries = name.matches("[a-z][a-z0-9-]*") ? PluginSearch.libraries(own) : List.of();
        return libraries.stream().findFirst().map(file -> new PluginLibrary(name, file, version(own), true));
    }

    private static Optional<String> version(Path own) {
        try {
            return Optional.of(Files.readString(own.resolve(VERSION)).strip());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** {@return all that are there, by name} */
    public List<PluginLibrary> installed() {
        return PluginSearch.entries(folder).stream()
                .flatMap(own -> find(own.getFileName().toString()).stream())
                .toList();
    }

    /**
     * Unpacks the library of a package and what lies beside it, having checked every file against the package's own hashes. What was
     * begun is deleted where that fails.
     *
     * @param archive a wheel or a NuGet file
     * @return what is there now
     * @throws ElasticVisionException where it is damaged, for another platform, has no plug-in, or one of its name is there already
     */
    public PluginLibrary add(Path archive) {
        Path draft = Drafts.beside(folder.toAbsolutePath().resolve("provider"));
        try (PluginPackage contents = PluginPackage.open(archive, Platform.current())) {
            Files.createDirectories(draft);
            contents.unpack(draft);
            String name = name(archive, draft);
            Path own = folder.resolve(name);
            if (Files.exists(own)) {
                throw new ElasticVisionException(archive + ": the provider " + name + " is there already"
                        + version(own).map(version -> " (" + version + ")").orElse("") + "; 'elastic provider remove "
                        + name + "' first");
            }
            Files.writeString(draft.resolve(VERSION), contents.version() + "\n", StandardCharsets.UTF_8);
            Files.move(draft, own, StandardCopyOption.ATOMIC_MOVE);
            return find(name).orElseThrow();
        } catch (IOException e) {
            throw new ElasticVisionException(archive + ": cannot be unpacked into " + folder + ": " + reason(e), e);
        } finally {
            FileTree.delete(draft);
        }
    }

    /** Decides it by the library, and deletes what does not belong to it. */
    private static String name(Path archive, Path draft) throws IOException {
        List<Path> libraries = PluginSearch.libraries(draft);
        if (libraries.isEmpty()) {
            throw new ElasticVisionException(archive + " has no plug-in of ONNX Runtime: " + why(draft));
        }
        Path library = libraries.get(0);
        Path inside = draft.relativize(library);
        String top = inside.getName(0).toString();
        for (Path entry : PluginSearch.entries(draft)) {
            String other = entry.getFileName().toString();
            if (inside.getNameCount() > 1
                    && !other.equals(top)
                    && !other.endsWith(".libs")) { // where wheels keep what their libraries need
                FileTree.delete(entry);
            }
        }
        return LibraryFile.provider(library).orElseThrow();
    }

    /** What is wrong with the library that is named like one. */
    private static String why(Path draft) throws IOException {
        try (Stream<Path> files = Files.walk(draft)) {
            return files.filter(file -> LibraryFile.provider(file).isPresent()
                            && file.getFileName().toString().contains("onnxruntime_"))
                    .sorted()
                    .findFirst()
                    .flatMap(file -> LibraryFile.problem(file).map(problem -> file.getFileName() + " " + problem))
                    .orElse("none of its libraries has the function CreateEpFactories; give a package such as"
                            + " onnxruntime-ep-openvino");
        }
    }

    /**
     * Deletes one.
     *
     * @param name as {@code --provider} has it
     * @throws ElasticVisionException where there is none of that name, or it cannot be deleted
     */
    public void remove(String name) {
        Path own = folder.resolve(name);
        if (!name.matches("[a-z][a-z0-9-]*") || !Files.isDirectory(own)) {
            throw new ElasticVisionException("there is no provider " + name + " in " + folder
                    + "; 'elastic provider list' shows which there are");
        }
        Path aside = Drafts.beside(folder.toAbsolutePath().resolve("provider"));
        try {
            Files.move(own, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ElasticVisionException(own + " cannot be removed: " + reason(e), e);
        }
        FileTree.delete(aside);
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() == null) {
            return failure.getClass().getSimpleName() + " " + failure.getFile();
        }
        return e.getMessage();
    }
}
